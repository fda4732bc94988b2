package dev.vat.settings;

import java.util.Optional;

/// How to reach the services of an AWS account beside S3. The names of the settings are the AWS
/// tools' own.
public final class AccountAccess {
  private AccountAccess() {}

  /// Who may do what: IAM.
  ///
  /// @throws SettingsException when S3 is another server than AWS, and nothing tells where its IAM
  ///     is
  public static S3Access policies(Settings settings) {
    return service(settings, Setting.AWS_ENDPOINT_URL_IAM);
  }

  /// Who did what: CloudTrail; and STS, at the same address.
  ///
  /// @throws SettingsException as [#policies]
  public static S3Access trails(Settings settings) {
    return service(settings, Setting.AWS_ENDPOINT_URL_CLOUDTRAIL);
  }

  private static S3Access service(Settings settings, Setting own) {
    Optional<SettingValue> endpoint =
        settings.value(own).or(() -> settings.value(Setting.AWS_ENDPOINT_URL));
    Optional<SettingValue> s3 = settings.value(Setting.AWS_ENDPOINT_URL_S3);
    if (endpoint.isEmpty() && s3.isPresent()) {
      throw new SettingsException(
          "S3 is "
              + s3.get().text()
              + " here ("
              + s3.get().setting().key()
              + "), which is not AWS, so there is no AWS account to set up.",
          "Remove that setting where the buckets are at AWS, or set "
              + own.key()
              + " where that server has such a service.");
    }
    return S3Access.at(settings, endpoint);
  }
}
