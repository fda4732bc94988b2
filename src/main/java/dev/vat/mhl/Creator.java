package dev.vat.mhl;

/// Who writes a generation.
///
/// @param hostname the computer's name
/// @param tool the program
/// @param toolVersion the program's version
public record Creator(String hostname, String tool, String toolVersion) {
  /// The tool's name by which `vat` knows its own generations.
  public static final String VAT = "vat";

  public static Creator vat(String hostname, String version) {
    return new Creator(hostname, VAT, version);
  }
}
