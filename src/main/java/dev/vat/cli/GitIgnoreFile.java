package dev.vat.cli;

import dev.vat.settings.GitIgnore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A repository's `.gitignore` as it is on the disk.
///
/// @param path with links resolved, so that completing a link does not replace it
/// @param text empty when there is no file
/// @param charset one that gives the very same bytes back
record GitIgnoreFile(Path path, String text, Charset charset) {
  static GitIgnoreFile in(Path folder) throws IOException {
    Path path = folder.resolve(".gitignore");
    try {
      path = path.toRealPath();
      byte[] bytes = Files.readAllBytes(path);
      try {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return new GitIgnoreFile(path, text, StandardCharsets.UTF_8);
      } catch (CharacterCodingException older) {
        return new GitIgnoreFile(
            path, new String(bytes, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
      }
    } catch (NoSuchFileException absent) {
      return new GitIgnoreFile(path, "", StandardCharsets.UTF_8);
    }
  }

  /// The lines that ought to be there and are not.
  List<String> missing() {
    return GitIgnore.missing(text);
  }

  /// Adds the missing lines. The file is replaced as a whole: after a fault it is as before.
  void complete() throws IOException {
    Path draft = Files.createTempFile(path.getParent(), ".vat-tmp-", ".gitignore");
    try {
      if (Files.exists(path)) {
        // The file's own permissions; a new file's would be the draft's, for its owner only.
        Files.copy(
            path, draft, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      } else {
        Files.delete(draft);
        Files.createFile(draft);
      }
      try (FileChannel channel =
          FileChannel.open(draft, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer bytes = ByteBuffer.wrap(GitIgnore.completed(text).getBytes(charset));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
