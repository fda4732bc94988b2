package dev.vat.archive;

/// How much of a table of contents is taken into memory; a bigger one is refused before it fills
/// it. A table within the usual limits needs less than 150 MB.
///
/// @param entries most files, folders and further pieces of files
/// @param nameCharacters most characters in all names together
/// @param tocBytes most bytes of JSON
public record ReadLimits(int entries, long nameCharacters, long tocBytes) {
  public ReadLimits {
    if (entries < 1 || nameCharacters < 1 || tocBytes < 1) {
      throw new IllegalArgumentException("no limits: " + entries + ", " + nameCharacters);
    }
  }

  /// 300,000 entries; 20 million characters of names; 256 MiB of JSON. Nothing larger is written.
  public static ReadLimits usual() {
    return new ReadLimits(300_000, 20_000_000, 256L << 20);
  }
}
