#!/bin/sh
# ipmi_sim runs this for each chassis command: chassis.sh FOLDER get NAME… | set NAME VALUE… | check NAME…
# What stands is read from files; the boot device is written at once, since it is read back; buttons go to who holds the machine.
folder=$1 operation=$2
shift 2
case $operation in
  get)
    for name in "$@"; do
      if [ -f "$folder/$name" ]; then echo "$name:$(cat "$folder/$name")"; else echo "$name:0"; fi
    done ;;
  set)
    while [ $# -ge 2 ]; do
      case $1 in
        boot) printf %s "$2" > "$folder/boot" ;;
        power | reset | shutdown) echo "$1 $2" > "$folder/buttons" ;;
      esac
      shift 2
    done ;;
esac
