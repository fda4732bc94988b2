package dev.vat.cli;

import dev.vat.project.Sizes;
import java.net.URI;
import java.time.Instant;
import java.util.Set;

/// A page with a player for one shared file: one file that needs nothing else, no script, fit for
/// phones and for dark rooms.
///
/// @param name of the file, from outside
/// @param contentType that the link answers with
/// @param link plays it
/// @param download saves it
/// @param ends when both stop working at the latest
/// @param endsForPeople the same in words
/// @param maybeEarlier whether they may stop before
record PlayerPage(
    String name,
    long sizeBytes,
    String contentType,
    URI link,
    URI download,
    Instant ends,
    String endsForPeople,
    boolean maybeEarlier) {
  private static final Set<String> PLAYED =
      Set.of("video/mp4", "video/webm", "video/ogg", "video/matroska", "video/x-matroska");
  private static final Set<String> SHOWN =
      Set.of(
          "image/jpeg",
          "image/png",
          "image/gif",
          "image/webp",
          "image/avif",
          "image/svg+xml",
          "image/bmp");

  // Nothing may run in the page, and nothing may be fetched but the file itself.
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <meta name="robots" content="noindex">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; media-src http: https:; img-src http: https:; \
      style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
      <title>{name}</title>
      <style>
      :root { --back: #f6f7f9; --card: #fff; --text: #1b1f24; --soft: #59636e; --line: #d8dee4; \
      --link: #0b5cd5; --on-link: #fff; }
      @media (prefers-color-scheme: dark) {
        :root { --back: #0e1116; --card: #171b22; --text: #e8ebef; --soft: #9aa5b1; --line: #2c333d; \
      --link: #79b0ff; --on-link: #0b1220; }
      }
      * { box-sizing: border-box; }
      body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; \
      background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
      main { width: 100%; max-width: 64rem; background: var(--card); border: 1px solid var(--line); \
      border-radius: 12px; overflow: hidden; }
      video, img { display: block; width: 100%; max-height: 75vh; background: #000; \
      object-fit: contain; }
      audio { display: block; width: calc(100% - 2.5rem); margin: 1.5rem 1.25rem .5rem; }
      .about { padding: 1.25rem; }
      h1 { margin: 0 0 .25rem; font-size: 1.25rem; line-height: 1.3; overflow-wrap: anywhere; }
      p { margin: .25rem 0; color: var(--soft); }
      .does { margin: 1rem 0 .75rem; display: flex; flex-wrap: wrap; gap: .75rem; }
      a { color: var(--link); }
      .save { padding: .6rem 1.1rem; border-radius: 8px; background: var(--link); \
      color: var(--on-link); font-weight: 600; text-decoration: none; }
      .open { padding: .6rem 0; }
      a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
      </style>
      </head>
      <body>
      <main>
      {player}<div class="about">
      <h1><bdi>{name}</bdi></h1>
      <p>{size}</p>
      <p class="does"><a class="save" href="{download}">Download</a>\
      <a class="open" href="{link}">Open it by itself</a></p>
      <p>{remark}</p>
      <p>Works until <time datetime="{ends}">{until}</time>{earlier}.</p>
      </div>
      </main>
      </body>
      </html>
      """;

  /// The page, in UTF-8 by its own word.
  String html() {
    StringBuilder html = new StringBuilder(PAGE.length() + 4096);
    int from = 0;
    for (int open = PAGE.indexOf('{'); open >= 0; open = PAGE.indexOf('{', open + 1)) {
      int close = PAGE.indexOf('}', open);
      String filled = filled(PAGE.substring(open + 1, close));
      if (filled != null) {
        html.append(PAGE, from, open).append(filled);
        from = close + 1;
      }
    }
    return html.append(PAGE, from, PAGE.length()).toString();
  }

  /// What takes a placeholder's place; null where the braces are those of the style.
  private String filled(String placeholder) {
    return switch (placeholder) {
      case "name" -> escaped(Printable.of(name));
      case "player" -> player();
      case "size" -> escaped(Sizes.of(sizeBytes));
      case "download" -> escaped(download.toString());
      case "link" -> escaped(link.toString());
      case "remark" -> remark();
      case "ends" -> escaped(ends.toString());
      case "until" -> escaped(endsForPeople);
      case "earlier" -> maybeEarlier ? ", perhaps not so long" : "";
      default -> null;
    };
  }

  private String player() {
    String source = escaped(link.toString());
    if (isPlayed(contentType)) {
      // From the first frame on: without it the player stays black until it is started.
      return "<video controls playsinline preload=\"metadata\" src=\""
          + source
          + "#t=0.001\"></video>\n";
    }
    if (contentType.startsWith("audio/")) {
      return "<audio controls preload=\"metadata\" src=\"" + source + "\"></audio>\n";
    }
    return SHOWN.contains(contentType)
        ? "<img alt=\"" + escaped(Printable.of(name)) + "\" src=\"" + source + "\">\n"
        : "";
  }

  private String remark() {
    if (isPlayed(contentType) || contentType.startsWith("audio/")) {
      return "If it does not play here, download it and open it in another player.";
    }
    return isForOtherPlayers(contentType)
        ? "Browsers do not play this kind of file: download it and open it in a player."
        : "If the browser does not show it, download it.";
  }

  private static boolean isPlayed(String contentType) {
    return PLAYED.contains(contentType);
  }

  /// Whether it is a video of a kind that no browser has a player for.
  static boolean isForOtherPlayers(String contentType) {
    boolean video = contentType.startsWith("video/") || contentType.equals("application/mxf");
    return video && !isPlayed(contentType);
  }

  /// Without the links.
  @Override
  public String toString() {
    return "PlayerPage[" + name + "]";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
