package dev.vat.account;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What somebody may do, as an IAM policy with no more than `vat` needs for it. Nobody may remove
/// older versions, and nobody may do everything.
///
/// Source of the actions: AWS Service Authorization Reference, Amazon S3; what each is for:
/// docs/setup-aws.md.
public final class AccessPolicy {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /// What a bucket is set to: reading it.
  private static final List<String> SEE_SETTINGS =
      List.of(
          "s3:GetBucketLocation",
          "s3:GetBucketPolicy",
          "s3:GetBucketPublicAccessBlock",
          "s3:GetBucketVersioning",
          "s3:GetEncryptionConfiguration",
          "s3:GetLifecycleConfiguration");

  private static final List<String> CHANGE_SETTINGS =
      List.of(
          "s3:CreateBucket",
          "s3:PutBucketPolicy",
          "s3:PutBucketPublicAccessBlock",
          "s3:PutBucketVersioning",
          "s3:PutEncryptionConfiguration",
          "s3:PutLifecycleConfiguration");

  private static final List<String> SHARE =
      List.of(
          "s3:GetObject",
          "s3:PutObject",
          "s3:DeleteObject",
          "s3:AbortMultipartUpload",
          "s3:ListMultipartUploadParts");

  private static final List<String> ARCHIVE =
      List.of(
          "s3:GetObject",
          "s3:GetObjectTagging",
          "s3:PutObject",
          "s3:PutObjectTagging",
          "s3:DeleteObject",
          "s3:RestoreObject",
          "s3:AbortMultipartUpload",
          "s3:ListMultipartUploadParts");

  /// Where the team's notes of thaws are, below the archives' prefix: whoever thaws writes one.
  static final String THAW_NOTES = ".vat/thaws/";

  private static final List<String> FETCH =
      List.of("s3:GetObject", "s3:GetObjectTagging", "s3:RestoreObject");

  /// Who a policy is for.
  public enum Role {
    /// Sets the buckets up, archives, shares, restores.
    OWNER,
    /// Shares files of one place, and sees nothing else.
    COLLABORATOR,
    /// The same, and reads and thaws archives; cannot change or remove one.
    RESTORER;

    /// As people type it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// A part of a bucket.
  ///
  /// @param prefix what the keys begin with; empty for all
  public record Place(String bucket, String prefix) {
    public Place {
      Objects.requireNonNull(bucket);
      Objects.requireNonNull(prefix);
    }
  }

  private final String region;
  private final ArrayNode statements = JSON.createArrayNode();

  private AccessPolicy(String region) {
    this.region = region;
  }

  /// @param archive where archives are; empty when there are none
  /// @param sharing where shared files are; empty when there are none
  /// @param region empty when not known: it tells AWS's partition
  /// @return the policy in JSON, indented
  /// @throws IllegalArgumentException when the role has nothing to do anywhere
  public static String of(
      Role role, Optional<Place> archive, Optional<Place> sharing, String region) {
    AccessPolicy policy = new AccessPolicy(region);
    switch (role) {
      case OWNER -> policy.owner(archive, sharing);
      case COLLABORATOR -> sharing.ifPresent(policy::collaborator);
      case RESTORER -> {
        sharing.ifPresent(policy::collaborator);
        archive.ifPresent(policy::restorer);
      }
    }
    if (policy.statements.isEmpty()) {
      throw new IllegalArgumentException("no place for a " + role);
    }
    ObjectNode whole = JSON.createObjectNode().put("Version", "2012-10-17");
    whole.set("Statement", policy.statements);
    return JSON.writeValueAsString(whole);
  }

  private void owner(Optional<Place> archive, Optional<Place> sharing) {
    List<String> buckets =
        Stream.of(archive, sharing)
            .flatMap(Optional::stream)
            .map(place -> Arn.ofBucket(place.bucket(), region))
            .distinct()
            .toList();
    allow("VatLists", List.of("s3:ListBucket", "s3:ListBucketMultipartUploads"), buckets);
    allow("VatSeesSettings", SEE_SETTINGS, buckets);
    allow("VatSetsUp", CHANGE_SETTINGS, buckets);
    sharing.ifPresent(place -> allow("VatShares", SHARE, List.of(keys(place))));
    archive.ifPresent(place -> allow("VatArchives", ARCHIVE, List.of(keys(place))));
  }

  private void collaborator(Place place) {
    list("VatListsShared", place);
    // AWS knows no prefix for this one: it shows the names of files being uploaded in the bucket.
    allow("VatFindsItsUploads", List.of("s3:ListBucketMultipartUploads"), List.of(bucket(place)));
    allow("VatShares", SHARE, List.of(keys(place)));
    ObjectNode frozen = statement("VatFreezesNothing", "Deny", List.of("s3:PutObject"));
    frozen.putArray("Resource").add(keys(place));
    ObjectNode classes = frozen.putObject("Condition").putObject("StringEquals");
    classes.putArray("s3:x-amz-storage-class").add("GLACIER").add("DEEP_ARCHIVE");
  }

  private void restorer(Place place) {
    list("VatListsArchives", place);
    allow("VatSeesRules", List.of("s3:GetLifecycleConfiguration"), List.of(bucket(place)));
    allow("VatThawsAndFetches", FETCH, List.of(keys(place)));
    Place notes = new Place(place.bucket(), place.prefix() + THAW_NOTES);
    allow("VatNotesThaws", List.of("s3:PutObject", "s3:DeleteObject"), List.of(keys(notes)));
  }

  private void list(String sid, Place place) {
    ObjectNode statement = statement(sid, "Allow", List.of("s3:ListBucket"));
    statement.putArray("Resource").add(bucket(place));
    if (!place.prefix().isEmpty()) {
      ObjectNode like = statement.putObject("Condition").putObject("StringLike");
      like.putArray("s3:prefix").add(escaped(place.prefix()) + "*");
    }
  }

  private void allow(String sid, List<String> actions, List<String> resources) {
    ArrayNode list = statement(sid, "Allow", actions).putArray("Resource");
    resources.forEach(list::add);
  }

  private ObjectNode statement(String sid, String effect, List<String> actions) {
    ObjectNode statement = statements.addObject().put("Sid", sid).put("Effect", effect);
    ArrayNode list = statement.putArray("Action");
    actions.forEach(list::add);
    return statement;
  }

  private String bucket(Place place) {
    return Arn.ofBucket(place.bucket(), region);
  }

  private String keys(Place place) {
    return bucket(place) + "/" + escaped(place.prefix()) + "*";
  }

  /// A prefix is text, a resource a pattern.
  ///
  /// Source: IAM User Guide, "IAM policy elements: Variables and tags", the three special ones.
  static String escaped(String prefix) {
    StringBuilder text = new StringBuilder();
    for (char c : prefix.toCharArray()) {
      text.append("*?$".indexOf(c) < 0 ? String.valueOf(c) : "${" + c + "}");
    }
    return text.toString();
  }
}
