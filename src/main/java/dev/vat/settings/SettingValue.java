package dev.vat.settings;

/// A setting's value and where it comes from.
///
/// @param text never blank; may be a secret
public record SettingValue(Setting setting, String text, Origin origin) {
  /// The value as it may be shown: masked when it is a secret.
  public String shown() {
    return setting.secret() ? Secrets.masked(text) : text;
  }

  /// With the value as it may be shown.
  @Override
  public String toString() {
    return setting.key() + "=" + shown() + " (" + origin.words() + ")";
  }
}
