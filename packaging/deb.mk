# SPDX-License-Identifier: GPL-3.0-or-later
# Debian packages. `make deb` makes them for the Debian that runs here, `make deb-arm64` the screen's for Debian 13 on arm64, compiled here
# against the libraries of that Debian (packaging/sysroot.sh) and never run.

.PHONY: deb deb-arm64 sysroot-lock

# The compiler of the other machine, told to look at its headers and libraries alone. Debian's cross compiler would look into
# /usr/aarch64-linux-gnu first, where the build machine's own C library for it may lie.
SYSROOT := $(abspath $(O))/sysroots/arm64
CROSS := aarch64-linux-gnu
CROSS_LIB := $(SYSROOT)/usr/lib/$(CROSS)
CROSS_CFLAGS = -nostdinc -isystem $(shell $(CROSS)-gcc -print-file-name=include) -isystem $(SYSROOT)/usr/include/$(CROSS) \
               -isystem $(SYSROOT)/usr/include -ffile-prefix-map=$(SYSROOT)= -ffile-prefix-map=$(CURDIR)=.
CROSS_LDFLAGS = --sysroot=$(SYSROOT) -B$(CROSS_LIB)/ -L$(CROSS_LIB)

$(O)/sysroots/arm64.stamp: packaging/sysroot.sh packaging/sysroot-info.sh packaging/sysroot.lock config/packages-build.txt $(wildcard image/packages.lock) | $(O)/libraries.mk
	$(call say,ROOT,$(SYSROOT)) packaging/sysroot.sh $(SYSROOT)
	@rm -f $(O)/arm64/libraries.mk
	@touch $@

# The same Makefile, told that the machine is another.
$(O)/arm64/oppslag-kiosk: $(O)/sysroots/arm64.stamp FORCE
	@PKG_CONFIG_SYSROOT_DIR=$(SYSROOT) PKG_CONFIG_LIBDIR=$(CROSS_LIB)/pkgconfig:$(SYSROOT)/usr/share/pkgconfig \
	    $(MAKE) --no-print-directory O=$(O)/arm64 CC=$(CROSS)-gcc MACHINE_CFLAGS='$(CROSS_CFLAGS)' MACHINE_LDFLAGS='$(CROSS_LDFLAGS)' $@

sysroot-lock: ## take the versions of the target's libraries that the mirror has today
	@packaging/sysroot.sh --lock

DEB := $(O)/deb
MADE := $(DEB)/made

# Manual pages say what the programs say of themselves, so they are made by running them: those of this machine.
$(MADE)/oppslag-%: packaging/man/oppslag-%.in packaging/man.py packaging/changelog $(PROGRAMS:%=$(O)/%)
	@mkdir -p $(@D)
	$(call say,MAN,$@) $(PYTHON) packaging/man.py $(O)/$(basename $(@F)) $< $@

# The sample, with what a package knows: where the database is, and that the proxy is on the same machine.
$(MADE)/central.ini: config/oppslag-central.ini.sample packaging/deb.mk
	@mkdir -p $(@D)
	@sed -e 's|^;database = .*|database = sqlite:/var/lib/oppslag/oppslag.sqlite|' -e 's|^;trusted-proxy =.*|trusted-proxy = 127.0.0.1|' $< >$@
	@test $$(grep -c '^[a-z]' $@) = 2

# $(call deb,PACKAGE,ARCHITECTURE,MORE)
deb = $(PYTHON) packaging/deb.py $1 --version $(VERSION) --arch $2 --share $(O)/share --made $(MADE) --out $(DEB) $3

# The libraries are those of one Debian, so its number is in the version, and an upgrade to the next Debian brings the next package.
HERE_ARCH = $(shell dpkg --print-architecture)
HERE_SUFFIX = +deb$(shell . /etc/os-release; echo $${VERSION_ID:-})

deb: all $(MADE)/oppslag-central.8 $(MADE)/oppslag-kiosk.1 $(MADE)/central.ini ## Debian packages of both programs for the Debian that runs here, into build/deb/
	@$(call deb,oppslag-data,all)
	@$(call deb,oppslag-central,$(HERE_ARCH),--suffix $(HERE_SUFFIX) --programs $(O))
	@$(call deb,oppslag-kiosk,$(HERE_ARCH),--suffix $(HERE_SUFFIX) --programs $(O))

deb-arm64: $(O)/arm64/oppslag-kiosk data $(MADE)/oppslag-kiosk.1 ## the screen's packages for Debian 13 on arm64, into build/deb/
	@$(call deb,oppslag-data,all)
	@$(call deb,oppslag-kiosk,arm64,--suffix +deb13 --programs $(O)/arm64 --sysroot $(SYSROOT))
