package dev.vat.staging;

import java.net.URLConnection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The content type by which a browser plays or shows a file, told by its name.
final class ContentTypes {
  static final String UNKNOWN = "application/octet-stream";

  /// What the JDK's own table does not know or tells in an old way (IANA media types; Matroska: RFC
  /// 9559).
  private static final Map<String, String> MORE =
      Map.of(
          "avi", "video/x-msvideo",
          "flv", "video/x-flv",
          "heic", "image/heic",
          "mkv", "video/matroska",
          "mts", "video/mp2t",
          "mxf", "application/mxf",
          "srt", "application/x-subrip",
          "vtt", "text/vtt",
          "wav", "audio/wav",
          "wmv", "video/x-ms-wmv");

  private ContentTypes() {}

  /// The same for a link that somebody opens in a browser. Chromium (156, tried) saves what calls
  /// itself `video/quicktime` instead of playing it, and plays it when it is called MP4, the format
  /// that came of it. Text is in UTF-8, as everywhere here.
  static String inBrowsers(String fileName) {
    String type = of(fileName);
    if (type.equals("video/quicktime")) {
      return "video/mp4";
    }
    return type.startsWith("text/") ? type + "; charset=utf-8" : type;
  }

  static String of(String fileName) {
    String lower = fileName.toLowerCase(Locale.ROOT);
    String extension = lower.substring(lower.lastIndexOf('.') + 1);
    return Optional.ofNullable(MORE.get(extension))
        .or(() -> Optional.ofNullable(URLConnection.getFileNameMap().getContentTypeFor(lower)))
        .orElse(UNKNOWN);
  }
}
