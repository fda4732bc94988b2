package dev.vat.settings;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/// The repository's name in keys: `S3_REPO_NAME`, else the git remote's name, else the folder's
/// (design, section 3).
///
/// @param value one part of a key
/// @param from where it comes from, in words for users
public record RepositoryName(String value, String from) {
  private static final Pattern FIT =
      Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N} ._-]{0,99}");

  /// @param root the repository's folder
  /// @throws SettingsException when no fit name can be found, or git's settings exist but cannot be
  ///     read: guessing on would change every key
  public static RepositoryName of(Settings settings, Path root) {
    Optional<SettingValue> set = settings.value(Setting.S3_REPO_NAME);
    if (set.isPresent()) {
      String name = Normalizer.normalize(set.get().text(), Normalizer.Form.NFC);
      if (!fit(name)) {
        throw settings.wrong(
            set.get(), "a repository's name has letters, digits, blanks, dots, _ and -");
      }
      return new RepositoryName(name, set.get().origin().words());
    }
    Optional<String> remote = GitRemote.nameOf(root).filter(RepositoryName::fit);
    if (remote.isPresent()) {
      return new RepositoryName(remote.get(), "git remote");
    }
    Path last = root.getFileName();
    String folder = last == null ? "" : Normalizer.normalize(last.toString(), Normalizer.Form.NFC);
    if (!fit(folder)) {
      throw new SettingsException(
          "The repository has no name that can be used in S3: its folder is called \""
              + folder
              + "\".",
          settings.hint(Setting.S3_REPO_NAME));
    }
    return new RepositoryName(folder, "folder name");
  }

  /// The same where no key is made of it: without a fit one, the folder's name.
  public static String orFolder(Settings settings, Path root) {
    try {
      return of(settings, root).value();
    } catch (SettingsException none) {
      return String.valueOf(root.getFileName());
    }
  }

  private static boolean fit(String name) {
    return FIT.matcher(name).matches() && !name.endsWith(".") && !name.endsWith(" ");
  }
}
