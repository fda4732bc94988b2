package dev.vat.project;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Sorts files into [FileKind]s by name and size. The lists are those of the design, section 2, and
/// of `docs/formats`; both are closed.
///
/// @param heavyFileBytes a file with more bytes than this is heavy, whatever its name
public record FileKinds(long heavyFileBytes) {
  /// A file with more bytes than this is never junk, whatever its name: nobody's footage is left
  /// behind because of how it is called.
  public static final long LARGEST_JUNK_BYTES = 1_000_000;

  /// What the name of a download under way begins with.
  public static final String PARTIAL_PREFIX = ".vat-part-";

  /// What the name of any other temporary file of ours begins with.
  public static final String TEMPORARY_PREFIX = ".vat-tmp-";

  private static final String CHECKSUMS = "ascmhl";
  private static final Pattern CHECKSUM_FILE =
      Pattern.compile("\\d{4,9}_.*\\.mhl|ascmhl_chain\\.xml|ascmhl_collection\\.xml|README\\.txt");

  private static final Set<String> VIDEO =
      Set.of("mp4", "mov", "avi", "mkv", "webm", "m4v", "mxf", "mts", "flv", "wmv");
  private static final Set<String> AUDIO =
      Set.of("wav", "mp3", "m4a", "aac", "aif", "aiff", "flac", "ogg", "opus", "wma");
  private static final Set<String> JUNK_FOLDERS =
      Set.of(
          ".spotlight-v100", ".trashes", ".fseventsd", "$recycle.bin", "system volume information");
  private static final Set<String> JUNK_FILES = Set.of(".ds_store", "thumbs.db", "desktop.ini");

  public FileKinds {
    if (heavyFileBytes < 1) {
      throw new IllegalArgumentException("no limit for heavy files: " + heavyFileBytes);
    }
  }

  /// @param name decides by its extension, its last part, and the folders above it
  /// @param sizeBytes the file's size
  public FileKind of(RelativeName name, long sizeBytes) {
    if (isJunk(name, sizeBytes)) {
      return FileKind.JUNK;
    }
    return isHeavy(name, sizeBytes) ? FileKind.HEAVY : FileKind.LIGHT;
  }

  /// Whether systems and tools leave such files behind, and nobody misses them.
  public static boolean isJunk(RelativeName name, long sizeBytes) {
    return sizeBytes <= LARGEST_JUNK_BYTES && isJunkName(name);
  }

  /// Of a file that is no junk, whether it is heavy.
  public boolean isHeavy(RelativeName name, long sizeBytes) {
    return sizeBytes > heavyFileBytes || VIDEO.contains(extension(name.fileName()));
  }

  /// Whether the name is one of `vat`'s own temporary files, or below such a folder. One that is
  /// too big to be junk is what a cut download left behind: never to be taken for a file of the
  /// user's.
  public static boolean isOwnTemporary(RelativeName name) {
    String value = name.value();
    if (value.indexOf(".vat-") < 0) {
      return false;
    }
    for (String part : value.split("/")) {
      if (isOwnTemporary(part)) {
        return true;
      }
    }
    return false;
  }

  /// Whether a file belongs to a checksum history, at the top or in a folder below, by the names
  /// that ASC MHL 1.0 gives such files (section 5): it travels with its copy and is no part of the
  /// content (design, section 5). Other files that somebody put into such a folder are files like
  /// all others.
  public static boolean isChecksum(RelativeName name) {
    String value = name.value();
    int last = value.lastIndexOf('/');
    return last >= CHECKSUMS.length()
        && value.startsWith(CHECKSUMS, last - CHECKSUMS.length())
        && (last == CHECKSUMS.length() || value.charAt(last - CHECKSUMS.length() - 1) == '/')
        && CHECKSUM_FILE.matcher(value.substring(last + 1)).matches();
  }

  /// Whether a file with this name is a recording: video or audio, by its extension.
  ///
  /// @param fileName without folders
  public static boolean isMedia(String fileName) {
    String extension = extension(fileName);
    return VIDEO.contains(extension) || AUDIO.contains(extension);
  }

  private static boolean isJunkName(RelativeName name) {
    String value = name.value();
    int begin = 0;
    for (int slash = value.indexOf('/'); slash >= 0; slash = value.indexOf('/', begin)) {
      if (mayBeJunk(value, begin) && isJunkFolder(value.substring(begin, slash))) {
        return true;
      }
      begin = slash + 1;
    }
    // The last letter is that of "zone.identifier".
    char end = value.charAt(value.length() - 1);
    if (!mayBeJunk(value, begin) && end != 'r' && end != 'R') {
      return false;
    }
    String last = value.substring(begin);
    String lower = last.toLowerCase(Locale.ROOT);
    return isJunkFolder(last)
        || JUNK_FILES.contains(lower)
        || last.startsWith("._")
        || isOwnTemporary(last)
        || lower.endsWith(":zone.identifier")
        || lower.endsWith(".zone.identifier");
  }

  /// Whether the part of a name that begins there has the first letter of one of the names that
  /// are junk: most have not, and every file of every project comes by here.
  private static boolean mayBeJunk(String value, int at) {
    return switch (value.charAt(at)) {
      case '.', '$', 's', 'S', 't', 'T', 'd', 'D' -> true;
      default -> false;
    };
  }

  /// Whether nothing in a folder of that name is a user's: what systems keep on drives.
  static boolean isJunkFolder(String part) {
    return JUNK_FOLDERS.contains(part.toLowerCase(Locale.ROOT)) || isOwnTemporary(part);
  }

  /// Whether a file or folder is called like one of `vat`'s own temporary ones.
  static boolean isOwnTemporary(String part) {
    return part.startsWith(PARTIAL_PREFIX) || part.startsWith(TEMPORARY_PREFIX);
  }

  private static String extension(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot < 0 ? "" : fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
