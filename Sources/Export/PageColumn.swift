/// Numbers as a column of a page's data.
func column(_ numbers: some Sequence<some BinaryInteger>) -> String {
  var text = "["
  for number in numbers {
    if text.utf8.count > 1 { text += "," }
    text += String(number)
  }
  return text + "]"
}

/// The same as the difference of each from the one before it, the first from 0: those are short.
func differences(_ numbers: some Sequence<Int64>) -> String {
  var last: Int64 = 0
  return column(
    numbers.map { number in
      defer { last = number }
      return number &- last
    })
}

func differences(_ numbers: some Sequence<Int>) -> String {
  differences(numbers.map(Int64.init))
}

/// A column of small numbers as a text of one letter each: `A` to `Z` for 0 to 25, then `a` to `z`.
func letters(_ numbers: some Sequence<Int>) -> String {
  let bytes = numbers.map { number in
    number < 26 ? UInt8(ascii: "A") + UInt8(number) : UInt8(ascii: "a") + UInt8(number - 26)
  }
  return "\"" + String(decoding: bytes, as: UTF8.self) + "\""
}
