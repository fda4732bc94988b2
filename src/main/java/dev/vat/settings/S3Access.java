package dev.vat.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How to reach S3, and as whom. What is empty is left to the AWS SDK's own chain.
///
/// @param endpoint address of an S3-compatible server, when it is not AWS
/// @param region the buckets' region
/// @param keys the keys of the highest source that has any; empty when that source names a profile,
///     or when no source has credentials
/// @param profile the profile named by that source
public record S3Access(
    Optional<URI> endpoint,
    Optional<String> region,
    Optional<AccessKeys> keys,
    Optional<String> profile) {
  private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,64}");

  /// @throws SettingsException when an address or region is malformed, or the credentials are not
  ///     one complete set
  public static S3Access of(Settings settings) {
    return at(
        settings,
        settings
            .value(Setting.AWS_ENDPOINT_URL_S3)
            .or(() -> settings.value(Setting.AWS_ENDPOINT_URL)));
  }

  /// The same with another address.
  static S3Access at(Settings settings, Optional<SettingValue> endpoint) {
    Optional<AccessKeys> keys = keys(settings);
    Optional<String> profile =
        keys.isPresent()
            ? Optional.empty()
            : settings.value(Setting.AWS_PROFILE).map(SettingValue::text);
    return new S3Access(
        endpoint.map(value -> endpoint(settings, value)),
        settings.value(Setting.AWS_REGION).map(value -> region(settings, value)),
        keys,
        profile);
  }

  private static Optional<AccessKeys> keys(Settings settings) {
    Optional<SettingValue> id = settings.value(Setting.AWS_ACCESS_KEY_ID);
    Optional<SettingValue> secret = settings.value(Setting.AWS_SECRET_ACCESS_KEY);
    Optional<SettingValue> token = settings.value(Setting.AWS_SESSION_TOKEN);
    if (id.isPresent() && secret.isPresent()) {
      return Optional.of(
          new AccessKeys(
              fit(settings, id.get()),
              fit(settings, secret.get()),
              token.map(value -> fit(settings, value))));
    }
    Optional<SettingValue> lone = id.or(() -> secret).or(() -> token);
    if (lone.isPresent()) {
      throw incomplete(settings, lone.get(), id.isPresent(), secret.isPresent());
    }
    return Optional.empty();
  }

  private static SettingsException incomplete(
      Settings settings, SettingValue present, boolean hasId, boolean hasSecret) {
    List<String> missing = new ArrayList<>();
    if (!hasId) {
      missing.add(Setting.AWS_ACCESS_KEY_ID.key());
    }
    if (!hasSecret) {
      missing.add(Setting.AWS_SECRET_ACCESS_KEY.key());
    }
    return new SettingsException(
        "The credentials are incomplete: "
            + present.setting().key()
            + " is set ("
            + present.origin().words()
            + "), but "
            + String.join(" and ", missing)
            + (missing.size() == 1 ? " is" : " are")
            + " not set there. Credentials are never mixed from several places.",
        "Set "
            + String.join(" and ", missing)
            + " in the same place, or remove "
            + present.setting().key()
            + " there. "
            + settings.hint(present.setting()));
  }

  /// Keys are sent in HTTP headers, so that a stray blank or accent would come back as a riddle.
  private static String fit(Settings settings, SettingValue value) {
    if (value.text().chars().anyMatch(c -> c <= ' ' || c >= 127)) {
      throw settings.wrong(value, "it holds a blank or a character that no key has");
    }
    return value.text();
  }

  private static URI endpoint(Settings settings, SettingValue value) {
    try {
      URI uri = new URI(value.text());
      boolean http = "http".equalsIgnoreCase(uri.getScheme());
      boolean https = "https".equalsIgnoreCase(uri.getScheme());
      if ((http || https)
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null) {
        return uri;
      }
      throw settings.wrong(
          value,
          "it must be an address such as https://s3.example.com, with nothing after the host"
              + " but a port or a path");
    } catch (URISyntaxException malformed) {
      throw settings.wrong(value, "it is no address");
    }
  }

  private static String region(Settings settings, SettingValue value) {
    if (!REGION.matcher(value.text()).matches()) {
      throw settings.wrong(value, "\"" + value.text() + "\" is no region's name");
    }
    return value.text();
  }
}
