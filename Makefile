# SPDX-License-Identifier: ISC
# newsieve: every target; no configure step.  GNU make and bmake (that of the
# BSDs) both read this, so there are no patterns and no functions of GNU's.
# Users' CC, CFLAGS, CPPFLAGS, LDFLAGS and LDLIBS are respected, ours are added.
#
#   make            build the five tools into build/bin
#   make check      build and run all tests
#   make check-scale   recipes of newsieve(7) on clusters' engines
#   make train      what learns the model of declutter, for developers
#   make asan       the tools with Address- and UndefinedBehaviorSanitizer
#   make fuzz       formats, lists and tools for TIME seconds each (default 60)
#   make mutants    do tests notice?  N operators flipped in each parser
#   make models     parsers against slow models, COUNT random inputs each
#   make coverage   lines and branches that the tests run
#   make lint       clang-tidy, cppcheck, clang-format, mandoc, shellcheck
#   make bench      speed against standard tools on a made corpus
#   make budget     instruction counts against tests/bench/budget.tsv
#   make html       the manuals as web pages, in build/html
#   make install    DESTDIR, PREFIX, PROGPREFIX; make uninstall takes it back
#   make dist       the sources as a tar file
#   make deb        a Debian package of what is built
#   make static     the tools as one file each, with musl, in build/static/bin
#   make check-static, check-package   what these two have made

BUILD = build
PREFIX = /usr/local
PROGPREFIX =
BINDIR = $(PREFIX)/bin
MANDIR = $(PREFIX)/share/man
BASHDIR = $(PREFIX)/share/bash-completion/completions
ZSHDIR = $(PREFIX)/share/zsh/site-functions
FISHDIR = $(PREFIX)/share/fish/vendor_completions.d
DOCDIR = $(PREFIX)/share/doc/newsieve
EXAMPLEDIR = $(DOCDIR)/examples

# Libraries: PCRE2 for users' patterns, utf8proc for Unicode off the ASCII
# path; xxHash (headers alone) for fingerprints.  On Linux libseccomp works
# out, at build time, how system calls are given up.
LIBS = -lpcre2-8 -lutf8proc -lm -lpthread

# What compiles programs that run here alone, if CC is for other machines.
HOSTCC = $(CC)
CFLAGS = -O2 -g
HARDEN = -D_FORTIFY_SOURCE=2 -fstack-protector-strong
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wwrite-strings -Wpointer-arith -Wcast-qual \
	-Wformat=2 -Wundef -Wvla -Wimplicit-fallthrough
HERE != pwd
# POSIX, and flock(2) and the number of cores, as each system has these asked.
ASK = -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -D_BSD_SOURCE \
	-D__BSD_VISIBLE=1 -D_NETBSD_SOURCE
OURS = -std=c11 -I. $(ASK) $(WARN) $(HARDEN) -Wa,-I$(BUILD) \
	-ffile-prefix-map=$(HERE)=.
# What a source includes is noted beside its object, by a name that fits
# whichever way BUILD is written.
COMPILE = $(CC) $(OURS) $(CPPFLAGS) $(CFLAGS) \
	-MMD -MP -MT '$$(BUILD)/$(@:$(BUILD)/%=%)'
LINK = $(CC) $(CFLAGS) $(LDFLAGS) -o $@

TOOLS = docsplit declutter dedupe entities quotes
BINS = $(TOOLS:%=$(BUILD)/bin/%)
LIB = $(BUILD)/libnewsieve.a

all: $(BINS)

# The sources of the library and of each tool, by its name.
common != LC_ALL=C ls common/*.c
docsplit != LC_ALL=C ls cmd/docsplit/*.c
declutter != LC_ALL=C ls cmd/declutter/*.c
dedupe != LC_ALL=C ls cmd/dedupe/*.c
entities != LC_ALL=C ls cmd/entities/*.c
quotes != LC_ALL=C ls cmd/quotes/*.c
train != LC_ALL=C ls cmd/declutter/train/*.c
unit != cd tests/unit && LC_ALL=C ls *.c
SOURCES = $(common) $(docsplit) $(declutter) $(dedupe) $(entities) $(quotes) \
	$(train) cmd/pack/main.c
OBJECTS = $(SOURCES:%.c=$(BUILD)/%.o)

# The source of an object is where its name says; what it depends on besides
# was noted when it was compiled, its source, too.
$(OBJECTS):
	@mkdir -p $(@D)
	$(COMPILE) $(MORE_$(@F)) -c -o $@ $(@:$(BUILD)/%.o=%.c)

# xxHash is written for this: a fifth fewer instructions than with -O2.
MORE_hash.o = -O3
# The six levels of a tree unrolled: a third fewer.
MORE_tree_avx2.o = -O3

$(LIB): $(common:%.c=$(BUILD)/%.o)
	rm -f $@
	$(AR) rcs $@ $(common:%.c=$(BUILD)/%.o)

# Each tool is its own objects and what it needs of the library.
$(BUILD)/bin/docsplit: $(docsplit:%.c=$(BUILD)/%.o)
$(BUILD)/bin/declutter: $(declutter:%.c=$(BUILD)/%.o)
$(BUILD)/bin/dedupe: $(dedupe:%.c=$(BUILD)/%.o)
$(BUILD)/bin/entities: $(entities:%.c=$(BUILD)/%.o)
$(BUILD)/bin/quotes: $(quotes:%.c=$(BUILD)/%.o)
$(BINS): $(LIB)
	@mkdir -p $(@D)
	$(LINK) $($(@F):%.c=$(BUILD)/%.o) $(LIB) $(LIBS) $(LDLIBS)

# `pack` makes the lists that the rest embeds.
PACK = $(BUILD)/cmd/pack/main.o $(BUILD)/common/blob.o $(BUILD)/common/hash.o \
	$(BUILD)/common/in.o $(BUILD)/common/mem.o $(BUILD)/common/out.o \
	$(BUILD)/common/tok.o $(BUILD)/common/utf.o \
	$(BUILD)/common/utf_avx2.o $(BUILD)/common/utf_sse2.o
$(BUILD)/pack: $(PACK)
	$(LINK) $(PACK) $(LIBS) $(LDLIBS)

# The tools without their main, for tests; names of files are unique.
WHOLE = $(docsplit:%/main.c=) $(declutter:%/main.c=) $(dedupe:%/main.c=) \
	$(entities:%/main.c=) $(quotes:%/main.c=)
$(BUILD)/whole.a: $(WHOLE:%.c=$(BUILD)/%.o)
	rm -f $@
	$(AR) rcs $@ $(WHOLE:%.c=$(BUILD)/%.o)

UNITS = $(unit:%.c=$(BUILD)/unit/%)
$(UNITS): $(BUILD)/whole.a $(LIB)
	@mkdir -p $(@D)
	$(COMPILE) $(LDFLAGS) -o $@ tests/unit/$(@F).c $(BUILD)/whole.a \
		$(LIB) $(LIBS) $(LDLIBS)

# One source: a program that replays inputs, and what make fuzz runs.
REPLAYS = $(BUILD)/replay/docsplit $(BUILD)/replay/parts
$(REPLAYS): $(BUILD)/whole.a $(LIB)
	@mkdir -p $(@D)
	$(COMPILE) $(LDFLAGS) -o $@ tests/fuzz/$(@F).c $(BUILD)/whole.a \
		$(LIB) $(LIBS) $(LDLIBS)

FORMATS = plain ff nul warc mbox jsonl trec conllu rows unfold guess
PARTS = cues declutter dedupe entities index meta model names quotes re row \
	rules utf
FUZZ = $(COMPILE) $(LDFLAGS) -fsanitize=fuzzer -o $@
$(FORMATS:%=$(BUILD)/bin/docsplit-%): $(BUILD)/whole.a $(LIB)
	@mkdir -p $(@D)
	$(FUZZ) -DFORMAT=$(@F:docsplit-%=%) tests/fuzz/docsplit.c \
		$(BUILD)/whole.a $(LIB) $(LIBS) $(LDLIBS)
$(PARTS:%=$(BUILD)/bin/parts-%): $(BUILD)/whole.a $(LIB)
	@mkdir -p $(@D)
	$(FUZZ) -DTARGET=$(@F:parts-%=%) tests/fuzz/parts.c \
		$(BUILD)/whole.a $(LIB) $(LIBS) $(LDLIBS)
FUZZERS = $(FORMATS:%=$(BUILD)/bin/docsplit-%) $(PARTS:%=$(BUILD)/bin/parts-%)

# What makes calls of the system fail: a library to be preloaded, and, where
# the sanitizers are, the tools with it linked in.
$(BUILD)/fault/shim.so: tests/fault/shim.c
	@mkdir -p $(@D)
	$(CC) -Wall -Wextra $(ASK) \
		-O2 -g -fPIC -shared -o $@ tests/fault/shim.c

WRAPPED = malloc calloc realloc posix_memalign aligned_alloc read write open \
	close lseek mmap fsync fdatasync ftruncate rename unlink flock fstat \
	stat futimens poll
FAULTY = $(TOOLS:%=$(BUILD)/fault/%)
$(FAULTY): tests/fault/shim.c $(BINS)
	@mkdir -p $(@D)
	$(CC) -Wall -Wextra $(ASK) \
		-DFAULT_WRAP $(WRAPPED:%=-Wl,--wrap=%) $(CFLAGS) $(LDFLAGS) \
		-o $@ tests/fault/shim.c $($(@F):%.c=$(BUILD)/%.o) $(LIB) \
		$(LIBS) $(LDLIBS)

# Packed lists, and who embeds them.
TABLE = mkdir -p $(@D) && $(BUILD)/pack
TO = >$@.part && mv $@.part $@
$(BUILD)/data/triggers.blob: common/data/triggers.tsv $(BUILD)/pack
	$(TABLE) common/data/triggers.tsv $(TO)
$(BUILD)/data/sentences.blob: common/data/sentences.tsv $(BUILD)/pack
	$(TABLE) common/data/sentences.tsv $(TO)
$(BUILD)/data/declutter.blob: cmd/declutter/data/words.tsv $(BUILD)/pack
	$(TABLE) -o OPEN cmd/declutter/data/words.tsv $(TO)
$(BUILD)/data/grammar.blob: cmd/quotes/data/grammar.tsv $(BUILD)/pack
	$(TABLE) cmd/quotes/data/grammar.tsv $(TO)
$(BUILD)/common/trigger.o: $(BUILD)/data/triggers.blob
$(BUILD)/common/stop.o: $(BUILD)/data/sentences.blob
$(BUILD)/common/model.o: common/data/english.model
$(BUILD)/cmd/declutter/feature.o: $(BUILD)/data/declutter.blob
$(BUILD)/cmd/quotes/word.o: $(BUILD)/data/grammar.blob
$(BUILD)/cmd/quotes/cue.o: cmd/quotes/data/cues.tsv
$(BUILD)/cmd/docsplit/hint.o: cmd/docsplit/data/guess.tsv

# What system calls tools may make, as programs for the kernel of Linux.
levels != [ "$$(uname -s)" != Linux ] || echo work read load keep
FILTERS = $(levels:%=$(BUILD)/data/%.filter)
$(BUILD)/common/sandbox.o: $(FILTERS)
$(FILTERS): $(BUILD)/filter
	@mkdir -p $(@D)
	$(BUILD)/filter $(@F:.filter=) $(TO)
$(BUILD)/filter: cmd/filter/main.c
	@mkdir -p $(@D)
	$(HOSTCC) $(OURS) $(CFLAGS) -o $@ cmd/filter/main.c -lseccomp

# What learns the model of declutter from marked pages: see its data/SOURCE.
train: $(BUILD)/declutter-train
TRAINER = $(train:%.c=$(BUILD)/%.o) $(BUILD)/whole.a $(LIB)
$(BUILD)/declutter-train: $(TRAINER)
	$(LINK) $(TRAINER) $(LIBS) $(LDLIBS)

units: $(UNITS) $(REPLAYS)
faulty: $(FAULTY)

# What scripts build with, and where.
RUN = MAKE="$(MAKE)" BUILD=$(BUILD)

check: all units $(BUILD)/fault/shim.so
	$(RUN) tests/run.sh

# Not part of check: it installs engines, and takes some minutes.
check-scale: all
	$(RUN) tests/scale.sh

asan:
	$(MAKE) BUILD=$(BUILD)/asan HARDEN= \
		CFLAGS="-O1 -g -fsanitize=address,undefined \
		-fno-sanitize-recover=all" all units train faulty

TIME = 60
fuzz:
	$(MAKE) BUILD=$(BUILD)/fuzz CC=clang HARDEN= \
		CFLAGS="-O2 -g -fsanitize=fuzzer-no-link,address,undefined \
		-fno-sanitize-recover=all" fuzzers
	$(RUN) TIME=$(TIME) tests/fuzz.sh $(FORMATS) $(PARTS)

fuzzers: $(FUZZERS)

N = 10
mutants:
	$(RUN) tests/flip.py -n $(N)

COUNT = 1000000
models: units
	COUNT=$(COUNT) $(RUN) tests/models.sh

coverage:
	$(RUN) tests/coverage.sh

lint:
	$(RUN) tests/lint.sh

bench: all
	$(RUN) tests/bench/bench.sh

budget: all
	$(RUN) tests/bench/budget.sh

COMPLETE = $(BUILD)/bin/$$t --help | man/complete.sh
install: all
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(MANDIR)/man1 \
		$(DESTDIR)$(MANDIR)/man5 $(DESTDIR)$(MANDIR)/man7 \
		$(DESTDIR)$(BASHDIR) $(DESTDIR)$(ZSHDIR) $(DESTDIR)$(FISHDIR) \
		$(DESTDIR)$(EXAMPLEDIR)
	for t in $(TOOLS); do \
		install -m 755 $(BUILD)/bin/$$t \
			$(DESTDIR)$(BINDIR)/$(PROGPREFIX)$$t && \
		install -m 644 man/$$t.1 \
			$(DESTDIR)$(MANDIR)/man1/$(PROGPREFIX)$$t.1 && \
		$(COMPLETE) bash $(PROGPREFIX)$$t \
			>$(DESTDIR)$(BASHDIR)/$(PROGPREFIX)$$t && \
		$(COMPLETE) zsh $(PROGPREFIX)$$t \
			>$(DESTDIR)$(ZSHDIR)/_$(PROGPREFIX)$$t && \
		$(COMPLETE) fish $(PROGPREFIX)$$t \
			>$(DESTDIR)$(FISHDIR)/$(PROGPREFIX)$$t.fish || \
			exit 1; \
	done
	install -m 644 man/newsieve.5 $(DESTDIR)$(MANDIR)/man5/newsieve.5
	install -m 644 man/newsieve.7 $(DESTDIR)$(MANDIR)/man7/newsieve.7
	for f in tests/stories/*.sh; do \
		to=$(DESTDIR)$(EXAMPLEDIR)/$${f##*/} && \
		sed 's/use \([a-z]*\)/use $(PROGPREFIX)\1/g' $$f >$$to && \
		chmod 755 $$to || exit 1; \
	done
	install -m 644 tests/stories/*.awk tests/stories/*.sql \
		$(DESTDIR)$(EXAMPLEDIR)

uninstall:
	for t in $(TOOLS); do \
		rm -f $(DESTDIR)$(BINDIR)/$(PROGPREFIX)$$t \
			$(DESTDIR)$(MANDIR)/man1/$(PROGPREFIX)$$t.1 \
			$(DESTDIR)$(BASHDIR)/$(PROGPREFIX)$$t \
			$(DESTDIR)$(ZSHDIR)/_$(PROGPREFIX)$$t \
			$(DESTDIR)$(FISHDIR)/$(PROGPREFIX)$$t.fish; \
	done
	rm -f $(DESTDIR)$(MANDIR)/man5/newsieve.5 \
		$(DESTDIR)$(MANDIR)/man7/newsieve.7
	for f in tests/stories/*.*; do \
		rm -f $(DESTDIR)$(EXAMPLEDIR)/$${f##*/}; \
	done
	rmdir $(DESTDIR)$(EXAMPLEDIR) $(DESTDIR)$(DOCDIR) || :

# The manuals, linked with each other.
html:
	@mkdir -p $(BUILD)/html
	for m in man/*.[157]; do \
		mandoc -Thtml -O man=%N.%S.html,style=style.css $$m \
			>$(BUILD)/html/$${m##*/}.html || exit 1; \
	done
	cp man/style.css $(BUILD)/html/style.css

# The version is that of --version.  Same files, same bytes: they are as old
# as the last commit, or as SOURCE_DATE_EPOCH says.
dist:
	@mkdir -p $(BUILD)
	version=$$(sed -n 's/^.*OPT_VERSION "\(.*\)"/\1/p' common/opt.c) && \
	git ls-files -z | LC_ALL=C tar --null -T - --sort=name \
		--mtime=@$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct)} \
		--owner=0 --group=0 --numeric-owner --mode=go=rX,u+rw \
		--transform="s,^,newsieve-$$version/,S" -cf - | \
		gzip -9n >$(BUILD)/newsieve-$$version.tar.gz

deb: all
	$(RUN) .debian/build.sh $(BUILD)/newsieve.deb

check-package: deb
	$(RUN) tests/package.sh

# For containers and cluster nodes that have no libraries of ours: with musl,
# and what `tests/setup.sh static` has compiled for it.
static:
	@test -e $(BUILD)/musl/ready || { echo \
		'make static: tests/setup.sh static comes first' >&2; exit 1; }
	$(MAKE) BUILD=$(BUILD)/static HOSTCC="$(CC)" CC=musl-gcc \
		CPPFLAGS="$(CPPFLAGS) -isystem $(BUILD)/musl/include" \
		LDFLAGS="$(LDFLAGS) -static -L$(BUILD)/musl/lib" all

check-static: all static
	$(RUN) tests/static.sh

clean:
	rm -rf $(BUILD)

# Rules for the suffixes of files would only be in the way.
.SUFFIXES:
.PHONY: all train units faulty check check-scale check-static check-package \
	asan fuzz fuzzers mutants models coverage lint bench budget install \
	uninstall html dist deb static clean
-include $(OBJECTS:.o=.d) $(UNITS:%=%.d) $(REPLAYS:%=%.d) $(FUZZERS:%=%.d)
