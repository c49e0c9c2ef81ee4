# SPDX-License-Identifier: GPL-3.0-or-later
# The image of a whole machine: `make image`. BUILDING.md says how it is made.

.PHONY: image image-lock image-twice

IMAGE := $(abspath $(O))/image
OUR_DEBS = $(wildcard $(O)/deb/oppslag-data_*_all.deb $(O)/deb/oppslag-kiosk_*_arm64.deb)

image: deb-arm64 ## the image for a Raspberry Pi, into build/image/oppslag.img.zst; the first time takes a quarter of an hour
	@OUT=$(IMAGE) image/build.sh $(OUR_DEBS)

image-lock: ## take the versions of the image's packages that the mirror has today
	@OUT=$(IMAGE) image/lock.sh

# Everything anew, the compiled programs and the emulated part too, in a folder of its own.
image-twice: image ## build the image once more from nothing and compare: the root file system must be the same bytes
	@rm -rf $(O)/twice
	@$(MAKE) O=$(O)/twice image
	@image/compare.sh $(O)/image $(O)/twice/image

# The machine that boots the image, and what is tried on it (image/test/README.md). IMAGE_TESTS: only these parts.
.PHONY: test-image torture-image
TORTURE_PULLS = 50
TEST_IMAGE = /usr/bin/python3 image/test/run.py --out $(O)

test-image: all image ## boot the image in an emulator and try it: touch, network, keys, watchdog, slots, the plug pulled 5 times (20 minutes)
	@$(TEST_IMAGE) $(IMAGE_TESTS)

torture-image: all image ## the plug pulled 50 times while the image starts, and while it writes (an hour and more)
	@$(TEST_IMAGE) --pulls $(TORTURE_PULLS) plug
