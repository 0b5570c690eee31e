# SPDX-License-Identifier: ISC
# newsieve: every target; GNU make, no configure step.  Users' CC, CFLAGS,
# CPPFLAGS, LDFLAGS and LDLIBS are respected, ours are added.
#
#   make            build the five tools into build/bin
#   make check      build and run all tests
#   make check-scale   recipes of newsieve(7) on clusters' engines
#   make train      what learns the model of declutter, for developers
#   make asan       the tools with Address- and UndefinedBehaviorSanitizer
#   make fuzz       formats, lists and tools for TIME seconds each (default 60)
#   make coverage   lines and branches that the tests run
#   make lint       clang-tidy, cppcheck, clang-format, mandoc, shellcheck
#   make bench      speed against standard tools on a made corpus
#   make budget     instruction counts against tests/bench/budget.tsv
#   make html       the manuals as web pages, in build/html
#   make install    DESTDIR, PREFIX, PROGPREFIX; make uninstall takes it back
#   make dist       the sources as a tar file
#   make deb        a Debian package of what is built
#   make static     the tools without shared libraries, in build/static/bin

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

CFLAGS = -O2 -g
HARDEN = -D_FORTIFY_SOURCE=2 -fstack-protector-strong
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wwrite-strings -Wpointer-arith -Wcast-qual \
	-Wformat=2 -Wundef -Wvla -Wimplicit-fallthrough
OURS = -std=c11 -I. -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE $(WARN) \
	$(HARDEN) -Wa,-I$(BUILD) -ffile-prefix-map=$(CURDIR)=.

TOOLS = docsplit declutter dedupe entities quotes
BINS = $(TOOLS:%=$(BUILD)/bin/%)
LIB = $(BUILD)/libnewsieve.a
READERS = $(BUILD)/docsplit.a
DECIDERS = $(BUILD)/declutter.a
MATCHERS = $(BUILD)/dedupe.a

SOURCES = $(wildcard common/*.c cmd/*/*.c cmd/declutter/train/*.c)
COMMON = $(patsubst %.c,$(BUILD)/%.o,$(wildcard common/*.c))
# What `pack` is made of: it makes the lists that the rest embeds.
PACK = $(patsubst %,$(BUILD)/%.o,cmd/pack/main common/blob common/hash \
	common/in common/mem common/out common/tok common/utf \
	common/utf_avx2 common/utf_sse2)
UNITS = $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/*.c)) \
	$(BUILD)/replay/docsplit $(BUILD)/replay/parts
FORMATS = plain ff nul warc mbox jsonl trec conllu rows unfold guess
PARTS = cues declutter dedupe entities index meta model names quotes re row \
	rules utf
FUZZERS = $(FORMATS:%=$(BUILD)/bin/docsplit-%) $(PARTS:%=$(BUILD)/bin/parts-%)
objects = $(patsubst %.c,$(BUILD)/%.o,$(wildcard cmd/$(1)/*.c))

all: $(BINS)

# Each tool is its own objects and what it needs of the library.
.SECONDEXPANSION:
$(BINS): $(BUILD)/bin/%: $$(call objects,%) $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) $(LDLIBS)

$(LIB): $(COMMON)
	rm -f $@
	$(AR) rcs $@ $(COMMON)

$(BUILD)/pack: $(PACK)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) $(LDLIBS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(OURS) $(CPPFLAGS) $(CFLAGS) $(MORE) -MMD -MP -c -o $@ $<

# xxHash is written for this: a fifth fewer instructions than with -O2.
$(BUILD)/common/hash.o: MORE = -O3
# The six levels of a tree unrolled: a third fewer.
$(BUILD)/cmd/declutter/tree_avx2.o: MORE = -O3

$(BUILD)/unit/%: tests/unit/%.c $(READERS) $(DECIDERS) $(MATCHERS) $(LIB)
	@mkdir -p $(@D)
	$(CC) $(OURS) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -MMD -MP -o $@ $< \
		$(READERS) $(DECIDERS) $(MATCHERS) $(LIB) $(LIBS) $(LDLIBS)

# One source: a program that replays inputs, and what make fuzz runs.
$(BUILD)/replay/docsplit: tests/fuzz/docsplit.c $(READERS) $(LIB)
	@mkdir -p $(@D)
	$(CC) $(OURS) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -MMD -MP -o $@ $< \
		$(READERS) $(LIB) $(LIBS) $(LDLIBS)

# What each tool is without its main; names of files are unique.
WHOLE = $(filter-out %/main.o,$(foreach t,$(TOOLS),$(call objects,$(t))))
$(BUILD)/whole.a: $(WHOLE)
	rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/replay/parts: tests/fuzz/parts.c $(BUILD)/whole.a $(LIB)
	@mkdir -p $(@D)
	$(CC) $(OURS) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -MMD -MP -o $@ $< \
		$(BUILD)/whole.a $(LIB) $(LIBS) $(LDLIBS)

$(PARTS:%=$(BUILD)/bin/parts-%): $(BUILD)/bin/parts-%: tests/fuzz/parts.c \
		$(BUILD)/whole.a $(LIB)
	@mkdir -p $(@D)
	$(CC) $(OURS) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -fsanitize=fuzzer \
		-DTARGET=$* -o $@ $< $(BUILD)/whole.a $(LIB) $(LIBS) $(LDLIBS)

$(FORMATS:%=$(BUILD)/bin/docsplit-%): $(BUILD)/bin/docsplit-%: \
		tests/fuzz/docsplit.c $(READERS) $(LIB)
	@mkdir -p $(@D)
	$(CC) $(OURS) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -fsanitize=fuzzer \
		-DFORMAT=$* -o $@ $< $(READERS) $(LIB) $(LIBS) $(LDLIBS)

# What makes calls of the system fail: a library to be preloaded, and, where
# the sanitizers are, the tools with it linked in.
$(BUILD)/fault/shim.so: tests/fault/shim.c
	@mkdir -p $(@D)
	$(CC) -Wall -Wextra -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE \
		-O2 -g -fPIC -shared -o $@ $<

WRAPPED = malloc calloc realloc posix_memalign aligned_alloc read write open \
	close lseek mmap fsync fdatasync ftruncate rename unlink flock fstat \
	stat futimens poll
FAULTY = $(TOOLS:%=$(BUILD)/fault/%)
$(FAULTY): $(BUILD)/fault/%: tests/fault/shim.c $$(call objects,%) $(LIB)
	@mkdir -p $(@D)
	$(CC) -Wall -Wextra -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE \
		-DFAULT_WRAP $(WRAPPED:%=-Wl,--wrap=%) $(CFLAGS) $(LDFLAGS) \
		-o $@ $^ $(LIBS) $(LDLIBS)

# docsplit without its main, for the tests of the formats it reads.
$(READERS): $(filter-out %/main.o,$(call objects,docsplit))
	rm -f $@
	$(AR) rcs $@ $^

# The same of declutter, for a test of its trees and for the trainer.
$(DECIDERS): $(filter-out %/main.o,$(call objects,declutter))
	rm -f $@
	$(AR) rcs $@ $^

# And of dedupe, for tests of what it compares by.
$(MATCHERS): $(filter-out %/main.o,$(call objects,dedupe))
	rm -f $@
	$(AR) rcs $@ $^

# Packed lists, and who embeds them.
$(BUILD)/data/triggers.blob: common/data/triggers.tsv
$(BUILD)/common/trigger.o: $(BUILD)/data/triggers.blob
$(BUILD)/common/model.o: common/data/english.model
$(BUILD)/data/sentences.blob: common/data/sentences.tsv
$(BUILD)/common/stop.o: $(BUILD)/data/sentences.blob
$(BUILD)/data/%.blob: $(BUILD)/pack
	@mkdir -p $(@D)
	$(BUILD)/pack $(PACKFLAGS) $(filter %.tsv,$^) > $@.part
	mv $@.part $@
$(BUILD)/data/declutter.blob: cmd/declutter/data/words.tsv
$(BUILD)/data/declutter.blob: PACKFLAGS = -o OPEN
$(BUILD)/cmd/declutter/feature.o: $(BUILD)/data/declutter.blob
$(BUILD)/data/grammar.blob: cmd/quotes/data/grammar.tsv
$(BUILD)/cmd/quotes/word.o: $(BUILD)/data/grammar.blob
$(BUILD)/cmd/quotes/cue.o: cmd/quotes/data/cues.tsv
$(BUILD)/cmd/docsplit/hint.o: cmd/docsplit/data/guess.tsv

# What system calls tools may make, as programs for the kernel.
ifeq ($(shell uname -s),Linux)
$(BUILD)/common/sandbox.o: $(patsubst %,$(BUILD)/data/%.filter, \
	work read load keep)
endif
$(BUILD)/data/%.filter: $(BUILD)/filter
	@mkdir -p $(@D)
	$(BUILD)/filter $* > $@.part
	mv $@.part $@
$(BUILD)/filter: $(BUILD)/cmd/filter/main.o
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lseccomp $(LDLIBS)

# What learns the model of declutter from marked pages: see its data/SOURCE.
train: $(BUILD)/declutter-train
TRAINER = $(patsubst %.c,$(BUILD)/%.o,$(wildcard cmd/declutter/train/*.c))
$(BUILD)/declutter-train: $(TRAINER) $(DECIDERS) $(LIB)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) $(LDLIBS)

units: $(UNITS)
faulty: $(FAULTY)

check: all units $(BUILD)/fault/shim.so
	tests/run.sh

# Not part of check: it installs engines, and takes some minutes.
check-scale: all
	tests/scale.sh

asan:
	$(MAKE) BUILD=$(BUILD)/asan HARDEN= \
		CFLAGS="-O1 -g -fsanitize=address,undefined \
		-fno-sanitize-recover=all" all units train faulty

TIME = 60
fuzz:
	$(MAKE) BUILD=$(BUILD)/fuzz CC=clang HARDEN= \
		CFLAGS="-O2 -g -fsanitize=fuzzer-no-link,address,undefined \
		-fno-sanitize-recover=all" fuzzers
	BUILD=$(BUILD) TIME=$(TIME) tests/fuzz.sh $(FORMATS) $(PARTS)

fuzzers: $(FUZZERS)

coverage:
	BUILD=$(BUILD) tests/coverage.sh

lint:
	tests/lint.sh

bench: all
	tests/bench/bench.sh

budget: all
	tests/bench/budget.sh

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
VERSION = $(shell sed -n 's/^.*OPT_VERSION "\(.*\)"/\1/p' common/opt.c)
DIST = newsieve-$(VERSION)
EPOCH = $(or $(SOURCE_DATE_EPOCH),$(shell git log -1 --format=%ct))
dist:
	@mkdir -p $(BUILD)
	git ls-files -z | LC_ALL=C tar --null -T - --sort=name \
		--mtime=@$(EPOCH) --owner=0 --group=0 --numeric-owner \
		--mode=go=rX,u+rw --transform='s,^,$(DIST)/,S' -cf - | \
		gzip -9n >$(BUILD)/$(DIST).tar.gz

deb: all
	BUILD=$(BUILD) MAKE="$(MAKE)" .debian/build.sh $(BUILD)/newsieve.deb

# For containers and cluster nodes that have no libraries of ours.
static:
	$(MAKE) BUILD=$(BUILD)/static LDFLAGS="$(LDFLAGS) -static" all

clean:
	rm -rf $(BUILD)

.PHONY: all train units faulty check check-scale asan fuzz fuzzers coverage lint \
	bench budget install uninstall html dist deb static clean
-include $(patsubst %.c,$(BUILD)/%.d,$(SOURCES))
