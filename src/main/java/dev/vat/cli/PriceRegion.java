package dev.vat.cli;

import dev.vat.settings.Setting;
import dev.vat.settings.SettingValue;
import java.util.Optional;

/// Whose list prices hold for what a repository has in S3.
final class PriceRegion {
  private PriceRegion() {}

  /// The AWS region of the settings. Another provider's prices are not AWS's.
  ///
  /// @return empty when it is not known, or not AWS's
  static Optional<String> of(CurrentRepository context) {
    boolean elsewhere =
        context.settings().value(Setting.AWS_ENDPOINT_URL_S3).isPresent()
            || context.settings().value(Setting.AWS_ENDPOINT_URL).isPresent();
    return elsewhere
        ? Optional.empty()
        : context.settings().value(Setting.AWS_REGION).map(SettingValue::text);
  }
}
