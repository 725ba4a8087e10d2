/// The path of an executable of this package, which is built beside the tests.
///
/// - Throws: a ``TmuxFailure`` when this is not a test run of the package.
package func builtProduct(_ name: String) throws -> String {
  for argument in CommandLine.arguments {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
    guard let bundle = parts.firstIndex(where: { $0.hasSuffix(".xctest") }) else { continue }
    return (parts[..<bundle] + [Substring(name)]).joined(separator: "/")
  }
  throw TmuxFailure("cannot tell where \(name) is built from \(CommandLine.arguments)")
}
