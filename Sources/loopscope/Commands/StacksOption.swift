import ArgumentParser

/// `--stacks`: shared by all that watches a Python program.
struct StacksOption: ParsableArguments {
  @Flag(
    help: """
      Also look 50 times a second at where the running step is, in plain functions too: which call it \
      is that blocks the loop.
      """)
  var stacks = false

  static var needsSteps: ValidationError {
    ValidationError("--stacks needs the steps, which are not told of tasks alone.")
  }
}
