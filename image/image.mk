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
