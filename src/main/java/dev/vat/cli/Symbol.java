package dev.vat.cli;

/// The signs that users know. Never the only bearer of meaning: a word always goes with them, so
/// the plain form may be poorer.
enum Symbol {
  DONE("✓", "+"),
  SAME("-", "-"),
  FAILED("✗", "x"),
  WARNING("⚠", "!"),
  NEXT("→", "->"),
  UPLOAD("🔼", "^"),
  DOWNLOAD("🔽", "v"),
  STATUS("📊", "#"),
  CLEANUP("🧹", "#"),
  LINK("🔗", "#"),
  ARCHIVE("📦", "#"),
  IN_SYNC("✅", "+");

  private final String sign;
  private final String plain;

  Symbol(String sign, String plain) {
    this.sign = sign;
    this.plain = plain;
  }

  String text(boolean unicode) {
    return unicode ? sign : plain;
  }
}
