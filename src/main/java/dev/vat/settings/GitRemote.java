package dev.vat.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the name of a folder's git remote `origin` from git's own files, without running git
/// (layout: gitrepository-layout and git-config in git's manual).
final class GitRemote {
  private static final long MAX_BYTES = 1_000_000;
  private static final Pattern SECTION = Pattern.compile("\\[\\s*([^\\]]*?)\\s*\\](.*)");
  private static final Pattern ORIGIN = Pattern.compile("(?i:remote)\\s+\"origin\"");
  private static final Pattern URL = Pattern.compile("(?i:url)\\s*=\\s*(.*)");

  private GitRemote() {}

  /// The last part of origin's address, without `.git`: `v-appydave` of
  /// `git@github.com:appydave/v-appydave.git`.
  ///
  /// @return empty when the folder is not the top of a git working tree, or has no origin
  /// @throws SettingsException when git's files are there and cannot be read
  static Optional<String> nameOf(Path root) {
    try {
      Optional<Path> config = configOf(root);
      return config.isEmpty() ? Optional.empty() : url(config.get()).flatMap(GitRemote::lastPart);
    } catch (IOException | InvalidPathException failed) {
      throw new SettingsException(
          "The git settings of "
              + root
              + " cannot be read, so that the repository's name in S3"
              + " is not certain: "
              + failed.getMessage(),
          "Set the name yourself, for example: " + Setting.S3_REPO_NAME.exampleLine() + ".",
          failed);
    }
  }

  private static Optional<Path> configOf(Path root) throws IOException {
    Path git = root.resolve(".git");
    if (Files.isRegularFile(git)) {
      // A worktree or a submodule: the file says where the git folder is.
      String pointer = text(git).strip();
      if (!pointer.startsWith("gitdir:")) {
        throw new IOException(git + " is not a file of git's");
      }
      git = root.resolve(pointer.substring("gitdir:".length()).strip()).normalize();
      Path common = git.resolve("commondir");
      if (Files.isRegularFile(common)) {
        git = git.resolve(text(common).strip()).normalize();
      }
    }
    Path config = git.resolve("config");
    return Files.exists(config) ? Optional.of(config) : Optional.empty();
  }

  private static Optional<String> url(Path config) throws IOException {
    boolean inOrigin = false;
    for (String raw : text(config).lines().toList()) {
      String line = raw.strip();
      Matcher section = SECTION.matcher(line);
      if (section.matches()) {
        inOrigin = ORIGIN.matcher(section.group(1)).matches();
        line = section.group(2).strip();
      }
      Matcher url = URL.matcher(line);
      if (inOrigin && url.matches()) {
        return Optional.of(unquoted(url.group(1)));
      }
    }
    return Optional.empty();
  }

  private static String unquoted(String value) {
    StringBuilder out = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length()) {
        i++;
        out.append(value.charAt(i));
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '#' || c == ';')) {
        break;
      } else {
        out.append(c);
      }
    }
    return out.toString().strip();
  }

  private static Optional<String> lastPart(String url) {
    String path = url.replace('\\', '/').replaceAll("/+$", "");
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1);
    String bare = name.endsWith(".git") ? name.substring(0, name.length() - 4) : name;
    return bare.isEmpty() ? Optional.empty() : Optional.of(bare);
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is bigger than 1 MB");
    }
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
