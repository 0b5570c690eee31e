-- SPDX-License-Identifier: ISC
-- Three questions to the tables of sql.sh.

-- Who is quoted in so many words, how often, on how many pages?
SELECT resolved, count(*) AS times, count(DISTINCT doc) AS pages
FROM quotes
WHERE kind = 'direct' AND resolved <> ''
GROUP BY resolved
ORDER BY times DESC, resolved
LIMIT 5;

-- Which persons and bodies stand in one paragraph with a sum of money?
SELECT DISTINCT m.canonical AS sum, e.canonical AS name, m.doc AS doc
FROM entities AS m
JOIN entities AS e ON e.doc = m.doc AND e.block = m.block
WHERE m.type = 'MONEY' AND e.type IN ('PER', 'ORG')
ORDER BY 1, 2, 3
LIMIT 5;

-- Who speaks of what: names that stand inside of someone's quotation?
SELECT DISTINCT q.resolved AS speaker, e.canonical AS speaks_of
FROM quotes AS q
JOIN entities AS e ON e.doc = q.doc AND e.block = q.block
    AND e.start >= q.start AND e."end" <= q."end"
WHERE e.type IN ('PER', 'ORG', 'LOC') AND e.canonical <> q.resolved
ORDER BY 1, 2
LIMIT 5;
