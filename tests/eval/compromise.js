// SPDX-License-Identifier: ISC
// Entity rows of the npm package compromise, for tests/eval/peers.sh.
//
// usage: node compromise.js FILE
//
// FILE is text rows.  Each block is given alone.
'use strict'
const fs = require('fs')
const nlp = require('compromise')

const kinds = [['people', 'PER'], ['organizations', 'ORG'], ['places', 'LOC']]
const chars = { '\\': '\\', t: '\t', n: '\n', r: '\r' }
const escapes = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

const unescape = text => text.replace(/\\([\\tnr])/g, (_, c) => chars[c])
const escape = text => text.replace(/[\\\t\n\r]/g, c => escapes[c])

// Code points, in place of units of UTF-16.
const points = text => [...text].length

// A name comes with the marks around it and its genitive, which are no part of
// it here; the full stop of an abbreviation is.
function bare(start, text) {
	const before = text.match(/^[^\p{L}\p{N}]*/u)[0].length
	text = text.slice(before).replace(/[^\p{L}\p{N}.]+$/u, '')
	if (!/(\.\p{L}|\b(Co|Corp|Inc|Jr|Ltd|Sr))\.$/u.test(text))
		text = text.replace(/[^\p{L}\p{N}]+$/u, '')
	return [start + before, text.replace(/['’]s$/, '')]
}

function print(doc, block, type, text, { start, length }) {
	const [from, name] = bare(start, text.substr(start, length))
	const first = points(text.slice(0, from))
	console.log([doc, block, first, first + points(name), type,
		escape(name), escape(name)].join('\t'))
}

function names(doc, block, text) {
	const parsed = nlp(text)
	for (const [what, type] of kinds)
		for (const name of parsed[what]().json({ offset: true }))
			print(doc, block, type, text, name.offset)
}

if (process.argv.length !== 3) {
	console.error('usage: node compromise.js FILE')
	process.exit(2)
}
for (const row of fs.readFileSync(process.argv[2], 'utf8').split('\n')) {
	const [doc, block, text] = row.split('\t')
	if (text !== undefined)
		names(doc, block, unescape(text))
}
