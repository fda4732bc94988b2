package dev.vat.cli;

import java.util.List;
import java.util.stream.Stream;

/// The table of docs/names.md: what becomes of a name, in words that tests can check.
///
/// @param what in words
/// @param shown as the document shows it
/// @param here files that David has on Linux, as his disk spells them
/// @param inS3 keys that other tools or other systems have put there
/// @param up what `up` on Linux does
/// @param linux what `down` does on ext4 and tmpfs
/// @param windows what `down` does on Windows and on an exFAT drive anywhere
record NameRow(
    String what,
    String shown,
    List<String> here,
    List<String> inS3,
    Up up,
    Down linux,
    Down windows) {
  enum Up {
    GOES("goes"),
    WARNED("goes, with a warning"),
    LEFT("left alone, said"),
    CANNOT_BE("cannot be on ext4"),
    NOT_SENT("not ours to send");

    private final String words;

    Up(String words) {
      this.words = words;
    }
  }

  enum Down {
    ARRIVES("arrives"),
    REFUSED("refused, said"),
    ONE("one arrives, the other is said"),
    NOTHING("nothing to fetch");

    private final String words;

    Down(String words) {
      this.words = words;
    }
  }

  @Override
  public String toString() {
    return what;
  }

  /// As a line of the document's table.
  String line() {
    return "| " + String.join(" | ", what, shown, up.words, linux.words, windows.words) + " |";
  }

  List<String> names() {
    return Stream.concat(here.stream(), inS3.stream()).distinct().toList();
  }

  private static NameRow local(
      String what, String shown, Up up, Down linux, Down windows, String... names) {
    return new NameRow(what, shown, List.of(names), List.of(), up, linux, windows);
  }

  private static NameRow there(
      String what, String shown, Up up, Down linux, Down windows, String... keys) {
    return new NameRow(what, shown, List.of(), List.of(keys), up, linux, windows);
  }

  static List<NameRow> all() {
    return Stream.of(letters(), forWindows(), lengths(), hostile()).flatMap(List::stream).toList();
  }

  private static List<NameRow> letters() {
    return List.of(
        local("plain", "`take 1.mov`", Up.GOES, Down.ARRIVES, Down.ARRIVES, "take 1.mov"),
        local(
            "accents in one sign (NFC)",
            "`café.mov`",
            Up.GOES,
            Down.ARRIVES,
            Down.ARRIVES,
            "caf\u00e9.mov"),
        local(
            "accents apart (NFD), as from an older Mac",
            "`cafè.mov` as `e` + U+0300",
            Up.GOES,
            Down.ARRIVES,
            Down.ARRIVES,
            "cafe\u0300.mov"),
        local(
            "both forms in one folder",
            "`thé.mov` twice",
            Up.LEFT,
            Down.NOTHING,
            Down.NOTHING,
            "th\u00e9.mov",
            "the\u0301.mov"),
        there(
            "both forms in S3",
            "`pré.mov` twice",
            Up.NOT_SENT,
            Down.ONE,
            Down.ONE,
            "pr\u00e9.mov",
            "pre\u0301.mov"),
        local(
            "only capital letters differ",
            "`Draft.mov`, `draft.mov`",
            Up.WARNED,
            Down.ARRIVES,
            Down.ONE,
            "Draft.mov",
            "draft.mov"),
        local(
            "emoji", "`🎬 take.mov`", Up.GOES, Down.ARRIVES, Down.ARRIVES, "\ud83c\udfac take.mov"),
        local(
            "space at the beginning",
            "`␠lead.mov`",
            Up.GOES,
            Down.ARRIVES,
            Down.ARRIVES,
            " lead.mov"));
  }

  private static List<NameRow> forWindows() {
    return List.of(
        local("a device's name", "`CON`", Up.WARNED, Down.ARRIVES, Down.REFUSED, "CON"),
        local(
            "the same with an ending",
            "`nul.mov`, `COM1.mp4`",
            Up.WARNED,
            Down.ARRIVES,
            Down.REFUSED,
            "nul.mov",
            "COM1.mp4"),
        local(
            "the same with a superscript digit",
            "`LPT².mov`",
            Up.WARNED,
            Down.ARRIVES,
            Down.REFUSED,
            "LPT\u00b2.mov"),
        local(
            "a colon", "`take 10:30.mov`", Up.WARNED, Down.ARRIVES, Down.REFUSED, "take 10:30.mov"),
        local(
            "other signs that Windows keeps for itself",
            "`why?.mov`, `a<b>.mov`, `x*.mov`",
            Up.WARNED,
            Down.ARRIVES,
            Down.REFUSED,
            "why?.mov",
            "a<b>.mov",
            "x*.mov"),
        local("dot at the end", "`notes.`", Up.WARNED, Down.ARRIVES, Down.REFUSED, "notes."),
        local("space at the end", "`list␠`", Up.WARNED, Down.ARRIVES, Down.REFUSED, "list "),
        local(
            "a folder that ends so",
            "`day 1./one.mov`",
            Up.WARNED,
            Down.ARRIVES,
            Down.REFUSED,
            "day 1./one.mov"));
  }

  private static List<NameRow> lengths() {
    return List.of(
        local(
            "255 bytes",
            "`n` × 251 + `.mov`",
            Up.WARNED,
            Down.ARRIVES,
            Down.ARRIVES,
            "n".repeat(251) + ".mov"),
        local(
            "255 bytes with accents apart",
            "`ö` × 83 + `.mov`, each 3 bytes",
            Up.GOES,
            Down.ARRIVES,
            Down.ARRIVES,
            "o\u0308".repeat(83) + ".mov"),
        there(
            "132 characters, 260 bytes",
            "`é` × 128 + `.mov`",
            Up.CANNOT_BE,
            Down.REFUSED,
            Down.ARRIVES,
            "\u00e9".repeat(128) + ".mov"),
        there(
            "256 characters",
            "`m` × 252 + `.mov`",
            Up.CANNOT_BE,
            Down.REFUSED,
            Down.REFUSED,
            "m".repeat(252) + ".mov"),
        local(
            "a long way down",
            "`p/` × 100 + `one.mov`",
            Up.WARNED,
            Down.ARRIVES,
            Down.ARRIVES,
            "p/".repeat(100) + "one.mov"));
  }

  private static List<NameRow> hostile() {
    return List.of(
        local("a backslash", "`a\\b.mov`", Up.LEFT, Down.NOTHING, Down.NOTHING, "a\\b.mov"),
        there(
            "a backslash, in S3",
            "`c\\d.mov`",
            Up.NOT_SENT,
            Down.REFUSED,
            Down.REFUSED,
            "c\\d.mov"),
        local(
            "a line break, a control character",
            "`two⏎lines.mov`, `bell␇.mov`",
            Up.LEFT,
            Down.NOTHING,
            Down.NOTHING,
            "two\nlines.mov",
            "bell\u0007.mov"),
        there(
            "a control character, in S3",
            "`ring␇.mov`",
            Up.NOT_SENT,
            Down.REFUSED,
            Down.REFUSED,
            "ring\u0007.mov"),
        local(
            "like a Windows drive",
            "`C:one.mov`",
            Up.LEFT,
            Down.NOTHING,
            Down.NOTHING,
            "C:one.mov"),
        there(
            "out of the folder",
            "`../out.mov`",
            Up.NOT_SENT,
            Down.REFUSED,
            Down.REFUSED,
            "../out.mov"),
        there(
            "a file and a folder of one name",
            "`scene`, `scene/one.mov`",
            Up.CANNOT_BE,
            Down.ONE,
            Down.ONE,
            "scene",
            "scene/one.mov"),
        local(
            "the team's notes",
            "`Metadata.JSON`",
            Up.LEFT,
            Down.NOTHING,
            Down.NOTHING,
            "Metadata.JSON"),
        there(
            "an unfinished transfer of vat's: junk",
            "`.vat-part-1`",
            Up.NOT_SENT,
            Down.NOTHING,
            Down.NOTHING,
            ".vat-part-1"));
  }
}
