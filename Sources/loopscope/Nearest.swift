/// The name that was meant, if one is close to what was typed: at most half of its letters differ.
func nearest(to text: String, in names: [String]) -> String? {
  names.map { (name: $0, distance: editDistance($0, text)) }
    .filter { $0.distance * 2 <= $0.name.count }
    .min { $0.distance < $1.distance }?.name
}

/// How many letters must be changed, added or taken away to make one text of the other.
/// O(length × length).
private func editDistance(_ a: String, _ b: String) -> Int {
  let b = Array(b)
  var row = Array(0...b.count)
  for (i, left) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, right) in b.enumerated() {
      let above = row[j + 1]
      row[j + 1] = min(above + 1, row[j] + 1, diagonal + (left == right ? 0 : 1))
      diagonal = above
    }
  }
  return row[b.count]
}
