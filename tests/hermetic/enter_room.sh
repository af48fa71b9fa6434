#!/bin/sh
# Makes the folder ROOM the root of all files and runs a command there as the user `guest`.
#
#     unshare --mount --pid --fork --kill-child sh enter_room.sh ROOM COMMAND...
#
# For the root of the machine or of a user name space. Bazel's sandbox is made by name spaces again, and asks two things of
# the room: that it is the root of its mounts (pivot_root), because in a chroot nobody may make user name spaces, and that
# its /proc is new and whole.
set -eu
PATH=$PATH:/usr/sbin:/sbin
room=$1
shift
mount --bind "$room" "$room"
mount -t proc proc "$room/proc"
mount --rbind /sys "$room/sys"
mount -t tmpfs -o mode=755,nosuid tmpfs "$room/dev"
for device in full null random tty urandom zero; do
    : >"$room/dev/$device"
    mount --bind "/dev/$device" "$room/dev/$device"
done
ln -s /proc/self/fd "$room/dev/fd"
ln -s fd/0 "$room/dev/stdin"
ln -s fd/1 "$room/dev/stdout"
ln -s fd/2 "$room/dev/stderr"
ln -s pts/ptmx "$room/dev/ptmx"
mkdir "$room/dev/pts" "$room/dev/shm"
mount -t devpts -o newinstance,ptmxmode=666 devpts "$room/dev/pts"
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$room/dev/shm"
cd "$room"
pivot_root . mnt
cd /
umount -l /mnt
# The shell stays the first process, for children of others to end at.
setpriv --reuid=guest --regid=guest --init-groups -- "$@" || exit
