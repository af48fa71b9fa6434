# Runs one of SQLite's scripts in a jimsh that is WebAssembly, and so cannot start programs:
#
#     jimsh prelude.tcl SOURCE_ID SCRIPT ARGUMENTS...
#
# The only program that the scripts start is mksourceid, in tool/mksqlite3h.tcl:
#
#     exec $mksourceid manifest > $tmpfile
#
# It has run already; SOURCE_ID is what it printed.

set source_id [lindex $argv 0]
set script [lindex $argv 1]
set argv [lrange $argv 2 end]
set argc [llength $argv]

proc exec {args} {
  lassign $args program input redirection output
  if {[llength $args] != 4 || $input ne "manifest" || $redirection ne ">"} {
    error "no program can be started here, and this one is not known: $args. Teach prelude.tcl what it prints."
  }
  set stream [open $output w]
  puts $stream $::source_id
  close $stream
}

source $script
