package dev.vat.settings;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who uploads, as teammates see it. It goes into file names (`draft-jan.mp4`) and into HTTP
/// headers, so it is plain ASCII.
///
/// @param name for example `jan`
public record SyncUser(String name) {
  private static final Pattern FIT =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9 ._-]{0,38}[A-Za-z0-9_-])?");

  public SyncUser {
    if (!FIT.matcher(name).matches()) {
      throw new IllegalArgumentException("not a user's name: " + name);
    }
  }

  /// `S3_SYNC_USER`, else the operating system's user name, made fit: without its Windows domain
  /// and accents, and with `-` for whatever else cannot stay.
  ///
  /// @throws SettingsException when the one that is set is not fit, or nothing is left of the
  ///     system's
  public static SyncUser of(Settings settings) {
    Optional<SettingValue> set = settings.value(Setting.S3_SYNC_USER);
    if (set.isPresent()) {
      if (!FIT.matcher(set.get().text()).matches()) {
        throw settings.wrong(
            set.get(),
            "a user's name has at most 40 letters (a to z), digits, blanks, dots, _ and -, and"
                + " begins with a letter or digit");
      }
      return new SyncUser(set.get().text());
    }
    return ofSystem(settings.machine().userName())
        .orElseThrow(() -> settings.missing(Setting.S3_SYNC_USER));
  }

  private static Optional<SyncUser> ofSystem(String userName) {
    String account = userName.substring(userName.lastIndexOf('\\') + 1);
    String plain =
        Normalizer.normalize(account, Normalizer.Form.NFD)
            .replaceAll("\\p{M}+", "")
            .replaceAll("[^A-Za-z0-9 ._-]+", "-")
            .replaceAll("^[^A-Za-z0-9]+", "");
    String cut = plain.substring(0, Math.min(40, plain.length())).replaceAll("[ .-]+$", "");
    return FIT.matcher(cut).matches() ? Optional.of(new SyncUser(cut)) : Optional.empty();
  }
}
