package dev.vat.archive;

import java.util.function.Predicate;

/// Names of one tree, beside each other.
final class Names {
  private Names() {}

  /// The file that the name would have to be inside of, or null.
  static String fileAbove(String name, Predicate<String> isFile) {
    for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
      String folder = name.substring(0, slash);
      if (isFile.test(folder)) {
        return folder;
      }
    }
    return null;
  }
}
