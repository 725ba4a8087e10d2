import Trace

/// What could wake a Python program's loop from outside: another thread, a process, a signal, a
/// socket.
struct Outside {
  /// The program's own modules: what they do is in their texts.
  private let ownModules: Set<Substring>

  init(of sources: [RunHeader.SourceText]) {
    ownModules = Set(
      sources.flatMap { $0.name.split(separator: "/") }.map { $0.split(separator: ".").first ?? $0 }
    )
  }

  /// Whether the files are known and name nothing of that.
  static func isUnnamed(in sources: [RunHeader.SourceText]) -> Bool {
    let outside = Self(of: sources)
    return !sources.isEmpty && !sources.contains(where: outside.isNamed)
  }

  /// Whether a file's text names anything of that. It is taken to where it imports a module that is
  /// not known here. O(length).
  func isNamed(in source: RunHeader.SourceText) -> Bool {
    let words = source.text.utf8.split { !isPartOfWord($0) }
    if words.contains(where: { Self.words.contains(Substring($0)) }) { return true }
    let statements = source.text.split { $0 == "\n" || $0 == ";" }
    return statements.contains { statement in
      importedModules(statement).contains { !isHarmless($0) }
    }
  }

  private func isHarmless(_ module: Substring) -> Bool {
    Self.harmlessModules.contains(module) || ownModules.contains(module)
  }

  /// `import os.path, json as j` names os and json; `from . import part` names none.
  private func importedModules(_ statement: Substring) -> [Substring] {
    let words = statement.split { $0 == " " || $0 == "\t" }
    guard words.count > 1 else { return [] }
    switch words[0] {
    case "from": return words[1].hasPrefix(".") ? [] : words[1].split(separator: ".").prefix(1) + []
    case "import":
      return words.dropFirst().joined(separator: " ").split(separator: ",").compactMap {
        $0.split { $0 == "." || $0 == " " }.first
      }
    default: return []
    }
  }

  private func isPartOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  /// Functions of asyncio that let something in, and the modules that do.
  private static let words: Set<Substring> = [
    "add_reader", "add_signal_handler", "add_writer", "call_soon_threadsafe",
    "connect_accepted_socket", "connect_read_pipe", "connect_write_pipe", "create_connection",
    "create_datagram_endpoint", "create_server", "create_subprocess_exec",
    "create_subprocess_shell", "create_unix_connection", "create_unix_server", "import_module",
    "open_connection", "open_unix_connection", "run_coroutine_threadsafe", "run_in_executor",
    "start_server", "start_unix_server", "subprocess_exec", "subprocess_shell", "to_thread",
    "__import__", "_thread", "concurrent", "multiprocessing", "select", "selectors", "signal",
    "socket", "subprocess", "threading",
  ]

  /// Modules of the standard library with which nothing comes in.
  private static let harmlessModules: Set<Substring> = [
    "__future__", "abc", "argparse", "array", "asyncio", "base64", "bisect", "collections",
    "contextlib", "contextvars", "copy", "csv", "dataclasses", "datetime", "decimal", "enum",
    "fractions", "functools", "gc", "hashlib", "heapq", "inspect", "io", "itertools", "json",
    "logging", "math", "operator", "os", "pathlib", "pprint", "random", "re", "statistics",
    "string", "struct", "sys", "textwrap", "time", "traceback", "types", "typing", "uuid",
    "warnings", "weakref",
  ]
}
