package dev.vat.settings;

import java.nio.file.Path;

/// Where the team's shared files are in S3.
///
/// @param bucket follows S3's naming rules
/// @param prefix empty, or ending in exactly one `/`
/// @param repoName the repository's name in keys
public record CollabPlace(String bucket, String prefix, String repoName) {
  /// @param root the repository's folder
  /// @throws SettingsException when there is no bucket set, or one of the parts is not fit
  public static CollabPlace of(Settings settings, Path root) {
    SettingValue bucket = settings.required(Setting.S3_COLLAB_BUCKET);
    BucketName.problemOf(bucket.text())
        .ifPresent(
            problem -> {
              throw settings.wrong(bucket, "\"" + bucket.text() + "\": " + problem);
            });
    return new CollabPlace(
        bucket.text(),
        KeyPrefix.of(settings, settings.value(Setting.S3_COLLAB_PREFIX)),
        RepositoryName.of(settings, root).value());
  }

  /// What all keys of this repository begin with: `staging/v-appydave/`.
  public String repositoryPrefix() {
    return prefix + repoName + "/";
  }
}
