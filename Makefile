# SPDX-License-Identifier: GPL-3.0-or-later
# One Makefile for the whole house. `make help` lists what it can do, CONTRIBUTING.md says more.
# O is where everything goes. Each variant of the objects has its own folder there: plain (what is installed), san (tests, under
# AddressSanitizer and UndefinedBehaviorSanitizer) and fuzz (clang's libFuzzer).

O ?= build
ifeq ($(origin CC),default)
CC := gcc
endif
CLANG ?= clang
# The one that Debian's packages of modules are for.
PYTHON ?= $(firstword $(wildcard /usr/bin/python3) python3)
VERSION ?= 0.1.0
SECONDS ?= 60
# A make within make shares the outer one's two.
JOBS := $(if $(findstring jobserver,$(MAKEFLAGS)),,--jobs=2)
MAKEFLAGS += --no-builtin-rules $(JOBS)
.SUFFIXES:
.DELETE_ON_ERROR:
.SECONDARY:
.DEFAULT_GOAL := all

FOLDERS := base core screen io kiosk central
SOURCES := $(foreach d,$(FOLDERS),$(wildcard src/$d/*.c))
PROGRAMS := $(if $(wildcard src/kiosk/main.c),oppslag-kiosk) $(if $(wildcard src/central/main.c),oppslag-central)

# What each folder stands on (config/includes.txt), and so what a program is linked from.
NEEDS_base := base
NEEDS_core := base core
NEEDS_screen := base core screen
NEEDS_io := base core io
NEEDS_kiosk := base core screen io kiosk
NEEDS_central := base core io central
PARTS_oppslag-kiosk := $(NEEDS_kiosk)
PARTS_oppslag-central := $(NEEDS_central)

# A test is linked from the folders that it includes from, and from those that the common files of its folder need which it
# includes; a unit test also from the one that its name begins with (kiosk, central).
COMMON_UNITS := $(patsubst tests/unit/%.c,%,$(filter-out tests/unit/test_%.c,$(wildcard tests/unit/*.c)))
USES := $(shell grep -o '^.include "[a-z_]*[/.]' /dev/null $(wildcard tests/unit/*.c tests/fuzz/*.c tests/bench/*.c) | sed 's|:.include "|:|')
commons = $(foreach c,$(filter-out $(basename $(notdir $1)),$(COMMON_UNITS)),$(if $(filter $1:$c.,$(USES)),$c))
parts = $(sort base $(foreach f,$(FOLDERS),$(if $(filter $1:$f/,$(USES))$(filter tests/unit/test_$f_%,$1),$(NEEDS_$f))) \
                    $(foreach c,$(commons),$(call parts,tests/unit/$c.c)))
libs_of = $(foreach p,$1,$(LIBS_$p))

# ---- Debian packages. They are seen to before anything else; this takes 10 ms when all is there. -------------------------------------

GOALS := $(or $(MAKECMDGOALS),all)
OFFLINE_GOALS := clean help
SETS := build $(if $(filter run pictures test torture bench accessibility %-image,$(GOALS)),run) $(if $(filter test torture bench accessibility unit-% %-image,$(GOALS)),test) \
        $(if $(filter deb deb-% image% %-image test,$(GOALS)),deb) $(if $(filter deb-arm64 sysroot-lock image% %-image,$(GOALS)),image) \
        $(if $(filter lint,$(GOALS)),lint) $(if $(filter test-wall,$(GOALS)),run wall) $(if $(filter bench,$(GOALS)),bench) $(if $(filter fuzz fuzz-build,$(GOALS)),test)

ifneq ($(filter-out $(OFFLINE_GOALS),$(GOALS)),)
-include $(O)/libraries.mk
endif

LIBRARIES := libcjson libical icu-i18n icu-uc libcurl inih libsodium sdl2 SDL2_ttf SDL2_image libqrencode libdrm libinput libudev espeak-ng libmicrohttpd sqlite3 zlib

# The packages' check runs on every call; the flags are written anew, and make starts over, only when they changed.
$(O)/libraries.mk: FORCE
	@config/packages.sh $(O) $(SETS)
	@config/libraries.sh $@ $(LIBRARIES)

# ---- flags ---------------------------------------------------------------------------------------------------------------------------

# MACHINE_CFLAGS, MACHINE_LDFLAGS: what the compiler of another machine's programs needs (packaging/deb.mk). Empty here.
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wmissing-prototypes -Wstrict-prototypes -Wvla -Wformat=2 -Werror
DEFINES = -D_GNU_SOURCE -DOPPSLAG_VERSION='"$(VERSION)"'
COMMON = -std=c11 $(MACHINE_CFLAGS) $(WARNINGS) $(DEFINES) -Isrc -I$(O)/gen $(LIBRARY_CFLAGS) -g -MMD -MP -pthread

SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
FLAGS_plain := -O2 -fPIE -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
FLAGS_san := -O1 $(SANITIZE)
FLAGS_fuzz := -O1 $(SANITIZE) -fsanitize=fuzzer-no-link
LINK_plain := $(MACHINE_LDFLAGS) -pie -Wl,-z,relro,-z,now,--as-needed
LINK_san := $(SANITIZE)
LINK_fuzz := $(SANITIZE) -fsanitize=fuzzer
CC_plain = $(CC)
CC_san = $(CC)
CC_fuzz = $(CLANG)

# Each folder's libraries; what a folder may use stands in config/includes.txt.
LIBS_base := -lm
LIBS_core = $(LIBS_libcjson) $(LIBS_libical) $(LIBS_icu-i18n) $(LIBS_icu-uc)
LIBS_screen :=
LIBS_io = $(LIBS_libcurl) $(LIBS_inih) $(LIBS_libsodium)
LIBS_kiosk = $(LIBS_sdl2) $(LIBS_SDL2_ttf) $(LIBS_SDL2_image) $(LIBS_libqrencode) $(LIBS_libdrm) $(LIBS_libinput) $(LIBS_libudev) $(LIBS_espeak-ng) -lhyphen
LIBS_central = $(LIBS_libmicrohttpd) $(LIBS_sqlite3) $(LIBS_libsodium) $(LIBS_zlib) $(LIBS_libcurl)

# ---- what people call ----------------------------------------------------------------------------------------------------------------

.PHONY: all run test test-wall lint bench pictures accessibility fuzz fuzz-build torture clean help san data FORCE

all: $(PROGRAMS:%=$(O)/%) data ## both programs and their data, into build/
san: $(PROGRAMS:%=$(O)/san/%) data

run: all ## a central with the sample centre and a screen on it (a window, or pictures where there is no display)
	@$(PYTHON) config/run.py $(O)

pictures: all ## pictures of the sample centre and an index of them, into build/pictures (ALL=1: every view in every language)
	@$(PYTHON) config/pictures.py $(O) $(if $(ALL),all)

test: san all fuzz-build $(O)/san/.units $(O)/scenes $(O)/bench_kiosk deb ## every test, under AddressSanitizer and UndefinedBehaviorSanitizer
	@$(PYTHON) tests/run.py --out $(O) $(TESTS)

test-wall: all $(O)/bench_presenter ## the kiosk on a graphics card and touch panels of its own, in an emulator, and what SDL's way there costs (WALL=parts)
	@$(PYTHON) tests/wall/wall.py --out $(O) $(WALL)

lint: $(O)/compile_commands.json ## layout, includes, banned calls, sizes, cppcheck, clang-tidy, words
	@$(PYTHON) tests/lint/lint.py --out $(O)

bench: all $(patsubst tests/bench/%.c,$(O)/bench_%,$(wildcard tests/bench/*.c)) ## measure, one JSON object a line, side by side with Chromium, nginx and cJSON
	@$(PYTHON) tests/bench/bench.py --out $(O) $(BENCH)

fuzz: fuzz-build ## run each fuzzer for SECONDS (60)
	@$(PYTHON) tests/fuzz/run.py --out $(O) --seconds $(SECONDS)

torture: all san $(O)/san/.units ## make each allocation of the unit tests fail once, and pull the plug on a call-back 60 times
	@$(PYTHON) tests/torture/run.py --out $(O) $(TORTURE)
	@$(if $(TORTURE),,ROUNDS=60 $(PYTHON) tests/run.py --out $(O) --exact api/test_kiosk_callback_kill)

clean: ## remove build/
	rm -rf $(O)

help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile $(wildcard packaging/*.mk image/*.mk) | expand -t 21

# ---- generated sources ---------------------------------------------------------------------------------------------------------------

ifneq ($(wildcard config/gen_lang.py),)
GENERATED := $(O)/gen/lang_table.c
GENERATED_HEADERS := $(O)/gen/text_ids.h
$(O)/gen/lang_table.c: config/gen_lang.py $(wildcard assets/lang/*.json)
	@mkdir -p $(O)/gen
	@$(PYTHON) config/gen_lang.py assets/lang $(O)/gen
	@touch $@
# Written only when its keys change, so that a new wording does not compile everything again.
$(O)/gen/text_ids.h: $(O)/gen/lang_table.c
	@test -f $@ || $(PYTHON) config/gen_lang.py assets/lang $(O)/gen
endif

# ---- objects, archives, programs -----------------------------------------------------------------------------------------------------

# $(call objects,VARIANT,FOLDER)
objects = $(patsubst src/%.c,$(O)/$1/%.o,$(wildcard src/$2/*.c)) $(if $(filter core,$2),$(GENERATED:$(O)/gen/%.c=$(O)/$1/gen/%.o))

define variant
$$(O)/$1/%.o: src/%.c $$(O)/libraries.mk | $$(GENERATED_HEADERS)
	@mkdir -p $$(@D)
	$$(call say,CC,$1/$$*) $$(CC_$1) $$(COMMON) $$(FLAGS_$1) -c -o $$@ $$<

$$(O)/$1/gen/%.o: $$(O)/gen/%.c $$(O)/libraries.mk
	@mkdir -p $$(@D)
	$$(call say,CC,$1/gen/$$*) $$(CC_$1) $$(COMMON) $$(FLAGS_$1) -c -o $$@ $$<

$(foreach d,$(FOLDERS),$(call archive,$1,$d)
)
endef

# Folders with a main.c have it left out of their archive: the unit tests bring their own.
define archive
$$(O)/$1/lib$2.a: $$(filter-out %/main.o,$$(call objects,$1,$2))
	@mkdir -p $$(@D)
	@rm -f $$@
	$$(call say,AR,$1/lib$2.a) ar rcsD $$@ $$^
endef

# $(call say,WHAT,ON): the command's short name, or the command itself with V=1
say = $(if $(V),,@printf '  %-4s %s\n' '$1' '$2';)

$(eval $(call variant,plain))
$(eval $(call variant,san))
$(eval $(call variant,fuzz))

# $(call program,VARIANT,PROGRAM,FILE)
define program
$3: $$(O)/$1/$(patsubst oppslag-%,%,$2)/main.o $$(foreach p,$$(PARTS_$2),$$(O)/$1/lib$$p.a)
	$$(call say,LD,$$@) $$(CC_$1) $$(LINK_$1) -o $$@ $$< -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group \
	    $$(call libs_of,$$(PARTS_$2)) -pthread
endef

$(foreach p,$(PROGRAMS),$(eval $(call program,plain,$p,$(O)/$p)))
$(foreach p,$(PROGRAMS),$(eval $(call program,san,$p,$(O)/san/$p)))

# ---- unit tests: one program a file; .c files there that are not named test_* are common to all ---------------------------------------

UNITS := $(patsubst tests/unit/test_%.c,%,$(wildcard tests/unit/test_*.c))
$(O)/san/libunit.a: $(COMMON_UNITS:%=$(O)/san/unit/%.o)
	@rm -f $@
	$(call say,AR,san/libunit.a) ar rcsD $@ $^

$(O)/san/unit/%.o: tests/unit/%.c $(O)/libraries.mk | $(GENERATED_HEADERS)
	@mkdir -p $(@D)
	$(call say,CC,san/unit/$*) $(CC_san) $(COMMON) -Itests/unit $(FLAGS_san) -c -o $@ $<

# The allocation hook (make torture) stands between the callers and base/mem.h.
WRAP_MEM := -Wl,--wrap=mem_alloc,--wrap=mem_resize,--wrap=mem_strdup
$(O)/san/torture/%.o: tests/torture/%.c $(O)/libraries.mk
	@mkdir -p $(@D)
	$(call say,CC,san/torture/$*) $(CC_san) $(COMMON) $(FLAGS_san) -c -o $@ $<

define unit
$$(O)/san/unit/test_$1: $$(O)/san/unit/test_$1.o $$(O)/san/torture/hook.o $$(O)/san/libunit.a $$(foreach p,$(call parts,tests/unit/test_$1.c),$$(O)/san/lib$$p.a)
	$$(call say,LD,$$@) $$(CC_san) $$(LINK_san) $$(WRAP_MEM) -o $$@ $$(filter %.o,$$^) -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group \
	    $$(call libs_of,$(call parts,tests/unit/test_$1.c)) -lcmocka -pthread
endef
$(foreach u,$(UNITS),$(eval $(call unit,$u)))

$(O)/san/.units: $(UNITS:%=$(O)/san/unit/test_%)
	@mkdir -p $(@D)
	@touch $@

# `make unit-NAME` builds and runs one of them.
unit-%: $(O)/san/unit/test_% data
	@$(PYTHON) tests/run.py --out $(O) --exact unit/test_$*

# ---- fuzzers: one file each, our sources instrumented, libraries as packaged ----------------------------------------------------------

FUZZERS := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))

$(O)/fuzz/fuzz_%.o: tests/fuzz/fuzz_%.c $(O)/libraries.mk | $(GENERATED_HEADERS)
	@mkdir -p $(@D)
	$(call say,CC,fuzz/$*) $(CC_fuzz) $(COMMON) $(FLAGS_fuzz) -c -o $@ $<

define fuzzer
$$(O)/fuzz/fuzz_$1: $$(O)/fuzz/fuzz_$1.o $$(foreach p,$(call parts,tests/fuzz/fuzz_$1.c),$$(O)/fuzz/lib$$p.a)
	$$(call say,LD,$$@) $$(CC_fuzz) $$(LINK_fuzz) -o $$@ $$< -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group \
	    $$(call libs_of,$(call parts,tests/fuzz/fuzz_$1.c)) -pthread
endef
$(foreach f,$(FUZZERS),$(eval $(call fuzzer,$f)))

fuzz-build: $(FUZZERS:%=$(O)/fuzz/fuzz_%)

# ---- benchmarks of single parts: bench/core.c and bench/kiosk.c, as the programs are built ---------------------------------------------

BENCHES := $(patsubst tests/bench/%.c,%,$(wildcard tests/bench/*.c))

$(O)/plain/bench/%.o: tests/bench/%.c $(O)/libraries.mk | $(GENERATED_HEADERS)
	@mkdir -p $(@D)
	$(call say,CC,bench/$*) $(CC_plain) $(COMMON) $(FLAGS_plain) -c -o $@ $<

define bench
$$(O)/bench_$1: $$(O)/plain/bench/$1.o $$(foreach p,$(call parts,tests/bench/$1.c),$$(O)/plain/lib$$p.a)
	$$(call say,LD,$$@) $$(CC_plain) $$(LINK_plain) -o $$@ $$< -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group \
	    $$(call libs_of,$(call parts,tests/bench/$1.c)) -pthread
endef
$(foreach b,$(BENCHES),$(eval $(call bench,$b)))

# ---- the accessibility rows' display lists: one program, and one whose words are 60 % longer ------------------------------------------

$(O)/plain/accessibility/%.o: tests/accessibility/%.c $(O)/libraries.mk | $(GENERATED_HEADERS)
	@mkdir -p $(@D)
	$(call say,CC,accessibility/$*) $(CC_plain) $(COMMON) $(FLAGS_plain) -c -o $@ $<

$(O)/pseudo/lang_table.c: tests/accessibility/pseudo.py config/gen_lang.py $(wildcard assets/lang/*.json)
	@mkdir -p $(@D)
	@$(PYTHON) tests/accessibility/pseudo.py assets/lang $(O)/pseudo

$(O)/plain/accessibility/pseudo_table.o: $(O)/pseudo/lang_table.c
	@mkdir -p $(@D)
	$(call say,CC,accessibility/pseudo_table) $(CC_plain) $(COMMON) $(FLAGS_plain) -c -o $@ $<

# The longer words come first, so that the ones in the archive are not taken.
$(O)/scenes $(O)/scenes_longer: $(O)/plain/accessibility/scenes.o $(foreach p,$(NEEDS_kiosk),$(O)/plain/lib$p.a)
	$(call say,LD,$@) $(CC_plain) $(LINK_plain) -o $@ $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group \
	    $(call libs_of,$(NEEDS_kiosk)) -pthread
$(O)/scenes_longer: $(O)/plain/accessibility/pseudo_table.o

# Debian's own Python, which sees the packages of config/packages-test.txt.
accessibility: all san $(O)/scenes $(O)/scenes_longer ## every row of the screen's accessibility that a machine can test
	@/usr/bin/python3 tests/accessibility/check.py --out $(O) $(ROWS)

# ---- data beside the programs --------------------------------------------------------------------------------------------------------

ASSETS := $(shell find assets fonts -type f 2>/dev/null)

data: $(O)/share/.stamp $(O)/san/share

$(O)/npm/.stamp: config/package.json config/package-lock.json config/npm.sh | $(O)/libraries.mk
	@config/npm.sh $(O)/npm
	@touch $@

$(O)/share/.stamp: $(O)/npm/.stamp config/share.py $(ASSETS)
	@$(PYTHON) config/share.py $(O)/npm/node_modules $(O)/share
	@touch $@

$(O)/san/share:
	@mkdir -p $(@D)
	@ln -sfn ../share $@

# ---- Debian packages of the programs (packaging/), and the image of a whole machine (image/) ---------------------------------------------

include $(wildcard packaging/*.mk image/*.mk)

# ---- for editors and checkers --------------------------------------------------------------------------------------------------------

UNIT_SOURCES := $(wildcard tests/unit/*.c)
CHECKED_SOURCES = $(SOURCES) $(UNIT_SOURCES) $(wildcard tests/fuzz/*.c tests/bench/*.c tests/torture/*.c tests/accessibility/*.c)
$(O)/compile_commands.json: Makefile $(O)/libraries.mk $(CHECKED_SOURCES) config/compile_commands.py $(GENERATED_HEADERS)
	$(file >$(O)/compile_command.txt,$(CLANG) $(filter-out -MMD -MP,$(COMMON)) -Itests/unit)
	@$(PYTHON) config/compile_commands.py $@ $(O)/compile_command.txt $(CHECKED_SOURCES)

-include $(wildcard $(O)/*/*/*.d $(O)/*/*.d)
