package dev.vat.staging;

import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.util.Locale;

/// Where one project's staged files lie in the collaboration bucket (design, section 3).
///
/// @param server the endpoint's text, or `aws`: what is agreed with one server is not agreed with
///     another
/// @param bucket the collaboration bucket
/// @param prefix empty, or ends in one `/`
/// @param repo the repository's name in keys
/// @param project whose `s3-staging/` folder this mirrors
public record StagedPlace(
    String server, String bucket, String prefix, String repo, ProjectId project) {
  static final String METADATA_NAME = "metadata.json";
  private static final String FOREIGN_PREFIX = "metadata-foreign-";
  private static final String KEPT_FOLDER = ".vat-kept/";

  public StagedPlace {
    if (!prefix.isEmpty() && !prefix.endsWith("/")) {
      throw new IllegalArgumentException("the prefix does not end in '/': " + prefix);
    }
  }

  /// Names this bucket and repository for what is remembered between runs.
  public String placeId() {
    return server + "|" + bucket + "|" + prefix + repo;
  }

  /// What every key of the repository begins with.
  public String repositoryPrefix() {
    return prefix + repo + "/";
  }

  /// What every key of the project begins with.
  public String projectPrefix() {
    return repositoryPrefix() + project + "/";
  }

  /// The address as people write it: `s3://bucket/v-appydave/b63-flivideo/`.
  public String address() {
    return "s3://" + bucket + "/" + projectPrefix();
  }

  /// Whether the server gives objects that came in parts an ETag that says nothing of their
  /// content: Cloudflare R2 does (rclone's source, `backend/s3`).
  boolean etagsOfPartsAreRandom() {
    return server.contains(".r2.cloudflarestorage.com");
  }

  /// The key for a name that S3 does not hold yet.
  String keyOf(RelativeName name) {
    return projectPrefix() + name;
  }

  /// The name of a listed key.
  ///
  /// @throws HostileNameException when it cannot be a file's name below `s3-staging/`
  RelativeName nameOf(String key) {
    return RelativeName.of(key.substring(projectPrefix().length()));
  }

  String metadataKey() {
    return projectPrefix() + METADATA_NAME;
  }

  /// Where a `metadata.json` that is not ours is put before a new one takes its key.
  String foreignMetadataKey(String date) {
    return projectPrefix() + FOREIGN_PREFIX + date + ".json";
  }

  /// Where S3's version of a file is put that lost a decision.
  ///
  /// @param time for example `2026-11-22_153000Z`
  String keptKey(String time, RelativeName name) {
    return keptPrefix(repositoryPrefix()) + project + "/" + time + "/" + name;
  }

  /// What every key of the repository begins with that lost a decision.
  public static String keptPrefix(String repositoryPrefix) {
    return repositoryPrefix + KEPT_FOLDER;
  }

  /// Where objects lie for a moment by which the bucket is tried out. No project: ids do not begin
  /// with a dot.
  ///
  /// @param repositoryPrefix what every key of the repository begins with
  public static String probeFolder(String repositoryPrefix) {
    return repositoryPrefix + ".vat-doctor/";
  }

  /// Whether the name, at the top of the project's keys, belongs to vat and not to a file of the
  /// user's.
  static boolean isReserved(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals(METADATA_NAME)
        || lower.startsWith(FOREIGN_PREFIX) && lower.endsWith(".json") && lower.indexOf('/') < 0;
  }
}
