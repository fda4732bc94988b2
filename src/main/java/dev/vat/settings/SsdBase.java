package dev.vat.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The folder on the SSD. The drive need not be plugged in.
///
/// @param path absolute, in this system's own form
public record SsdBase(Path path) {
  private static final Pattern GIT_BASH = Pattern.compile("/([A-Za-z])(/.*)?");
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[\\\\/].*");
  private static final Pattern SHARE = Pattern.compile("(\\\\\\\\|//)[^\\\\/]+[\\\\/]+[^\\\\/].*");

  /// @throws SettingsException when `SSD_BASE` is not set, or is no absolute path of this system
  public static SsdBase required(Settings settings) {
    return of(settings, settings.required(Setting.SSD_BASE));
  }

  /// @return empty when `SSD_BASE` is not set
  /// @throws SettingsException when it is set, and no absolute path of this system
  public static Optional<SsdBase> ifSet(Settings settings) {
    return settings.value(Setting.SSD_BASE).map(value -> of(settings, value));
  }

  private static SsdBase of(Settings settings, SettingValue value) {
    Machine machine = settings.machine();
    String text = nativeForm(value.text(), machine.home().toString(), machine.windows());
    if (!isAbsolute(text, machine.windows())) {
      throw settings.wrong(value, "\"" + value.text() + "\" " + whyNot(text, machine.windows()));
    }
    try {
      return new SsdBase(Path.of(text).normalize());
    } catch (InvalidPathException impossible) {
      throw settings.wrong(value, "\"" + value.text() + "\" is no path on this computer");
    }
  }

  /// Turns what was written into this system's form: `~` becomes the home folder; on Windows, Git
  /// Bash's `/d/T7` becomes `D:\T7` and `/` becomes `\`.
  static String nativeForm(String text, String home, boolean windows) {
    String path = text;
    if (path.equals("~") || path.startsWith("~/") || (windows && path.startsWith("~\\"))) {
      path = home + path.substring(1);
    }
    if (!windows) {
      return path;
    }
    Matcher gitBash = GIT_BASH.matcher(path);
    if (gitBash.matches()) {
      String rest = gitBash.group(2) == null ? "/" : gitBash.group(2);
      path = gitBash.group(1).toUpperCase(Locale.ROOT) + ":" + rest;
    }
    return path.replace('/', '\\');
  }

  private static boolean isAbsolute(String text, boolean windows) {
    return windows
        ? DRIVE.matcher(text).matches() || SHARE.matcher(text).matches()
        : text.startsWith("/");
  }

  private static String whyNot(String text, boolean windows) {
    if (windows) {
      return "is no whole path; write it with its drive, as D:\\T7\\youtube or /d/T7/youtube";
    }
    if (DRIVE.matcher(text).matches()) {
      return "is a Windows path, and this computer (or WSL) names its drives differently; under"
          + " WSL, D:\\ is /mnt/d/";
    }
    return "is no whole path; write it from the top, as /Volumes/T7/youtube. Names such as $HOME are"
        + " not replaced";
  }
}
