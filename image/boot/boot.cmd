# SPDX-License-Identifier: GPL-3.0-or-later
# U-Boot's part of the boot, the same on a Raspberry Pi and in the emulator: chooses one of two system slots and starts its kernel.
#
# BOOT_ORDER, BOOT_A_LEFT and BOOT_B_LEFT (RAUC's names) lie in one raw sector before the first partition, where no file system can be half written.
# Each start of a slot costs it one of three tries; the running system gives them back once the screen has been well for some minutes.
# A slot that cannot be read or started has none left, and the other's turn comes at once. When neither has any, both get three again:
# a screen that tries for ever can still be mended by a better card reader, one that waits at a prompt cannot.
#
# This shell knows no `&& \` over lines, so conditions are nested.

setenv ram 0x0
setenv console "console=ttyS1,115200"
setenv emulator ""
if test "${board}" = "qemu-arm"; then
	setenv ram 0x40000000
	setenv console "console=ttyAMA0"
	# An emulator may be slower than the alarm clock of a real machine, and its serial port goes to whoever tests.
	setenv emulator "systemd.journald.forward_to_console=1 systemd.watchdog_sec=90 systemd.default_timeout_start_sec=300 systemd.default_device_timeout_sec=600"
fi
# U-Boot's own choice for the script, 36 MB, lies where this kernel ends.
setexpr state_addr ${ram} + 0x00f00000
setexpr linux_addr ${ram} + 0x01000000
setexpr initrd_addr ${ram} + 0x06000000

setenv BOOT_ORDER "A B"
setenv BOOT_A_LEFT 3
setenv BOOT_B_LEFT 3
# `read` and `write` take the device that was chosen last, which need not be the one that this script came from; `load` names its own.
${devtype} dev ${devnum}
if ${devtype} read ${state_addr} @STATE_BLOCK@ 1; then
	env import -c ${state_addr} 0x200 BOOT_ORDER BOOT_A_LEFT BOOT_B_LEFT
fi

setenv state_save 'env export -c -s 0x200 ${state_addr} BOOT_ORDER BOOT_A_LEFT BOOT_B_LEFT; ${devtype} write ${state_addr} @STATE_BLOCK@ 1'

for round in 1 2; do
	for slot in ${BOOT_ORDER}; do
		setenv left 0
		setenv part 0
		if test "${slot}" = "A"; then
			setenv left ${BOOT_A_LEFT}
			setenv part 2
		fi
		if test "${slot}" = "B"; then
			setenv left ${BOOT_B_LEFT}
			setenv part 3
		fi
		if test "${left}" = "1" -o "${left}" = "2" -o "${left}" = "3"; then
			setexpr left ${left} - 1
			setenv BOOT_${slot}_LEFT ${left}
			run state_save
			echo "Oppslag: slot ${slot}, tries left: ${left}"
			setenv bootargs "root=PARTUUID=@LABEL@-0${part} ro rootwait rootfstype=ext4 fsck.repair=yes panic=10 quiet loglevel=4 ${console} ${emulator} oppslag.slot=${slot} @CMDLINE@"
			if load ${devtype} ${devnum}:${part} ${linux_addr} /boot/vmlinuz; then
				if load ${devtype} ${devnum}:${part} ${initrd_addr} /boot/initrd.img; then
					booti ${linux_addr} ${initrd_addr}:${filesize} ${fdt_addr}
				fi
			fi
			echo "Oppslag: slot ${slot} does not start"
			setenv BOOT_${slot}_LEFT 0
			run state_save
		fi
	done
	setenv BOOT_A_LEFT 3
	setenv BOOT_B_LEFT 3
	run state_save
done
reset
