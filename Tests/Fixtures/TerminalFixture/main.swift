import TUI
import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// Shows its size and what it was told, and dies on command in every way a program can die.
// Arguments: `colourless`, `mouseless`, and `picture FILE` for random glyphs of all widths, new ones
// with every key, whose text is also written to the file.

var fixture = Fixture(arguments: Array(CommandLine.arguments.dropFirst()))
do throws(TerminalError) {
  let terminal = try Terminal.open(fixture.options)
  fixture.run(terminal)
} catch {
  fixture.complain(error.description)
  exit(2)
}
