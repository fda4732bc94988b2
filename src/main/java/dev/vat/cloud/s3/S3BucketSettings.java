package dev.vat.cloud.s3;

import dev.vat.cloud.BucketSettings;
import dev.vat.cloud.LifecycleRule;
import dev.vat.cloud.LifecycleRules;
import dev.vat.cloud.Replication;
import dev.vat.cloud.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionConfiguration;

/// What a bucket is set to, on Amazon S3 and on servers that speak its language.
final class S3BucketSettings implements BucketSettings {
  /// The one region whose name CreateBucket must not say.
  private static final String UNNAMED_REGION = "us-east-1";

  private final Bucket bucket;
  private final String region;
  private final RuleSet rules;
  private final ReplicationSet replication;

  /// @param region of the connection
  S3BucketSettings(Bucket bucket, String region, Pauses pauses) {
    this.bucket = bucket;
    this.region = region;
    this.rules = new RuleSet(bucket, pauses);
    this.replication = new ReplicationSet(bucket);
  }

  private S3Client client() {
    return bucket.client();
  }

  /// @param what follows "could not"
  private <T> T call(String what, String permission, Supplier<T> call) throws StoreException {
    return bucket.retries().run(new Doing(what, "", permission), _ -> Calls.make(call));
  }

  private <T> Optional<T> ask(String what, String permission, Supplier<T> call)
      throws StoreException {
    return bucket.ifSet(new Doing(what, "", permission), call);
  }

  @Override
  public Optional<Region> region() throws StoreException {
    return bucket.retries().run(new Doing("look at", "", "s3:ListBucket"), _ -> attemptHead());
  }

  /// An answer to HEAD has no body: what a refusal means is found out by a request whose answer has
  /// one.
  private Optional<Region> attemptHead() throws FaultException {
    try {
      String name =
          Calls.make(() -> client().headBucket(b -> b.bucket(bucket.name()))).bucketRegion();
      return Optional.of(new Region(name == null ? "" : name));
    } catch (FaultException e) {
      int status = e.fault() instanceof Fault.Answered said ? said.status() : 0;
      if (status == 404) {
        return Optional.empty();
      }
      if (status == 301 || status == 400 || status == 403) {
        Calls.make(() -> client().listObjectsV2(l -> l.bucket(bucket.name()).maxKeys(1)));
      }
      throw e;
    }
  }

  @Override
  public Region regionForNew() {
    return new Region(region);
  }

  @Override
  public void create() throws StoreException {
    bucket.unless(
        new Doing("create", "", "s3:CreateBucket"),
        said -> said.is("BucketAlreadyOwnedByYou"),
        () ->
            client()
                .createBucket(
                    b -> {
                      b.bucket(bucket.name());
                      if (!region.equals(UNNAMED_REGION)) {
                        b.createBucketConfiguration(c -> c.locationConstraint(region));
                      }
                    }));
  }

  @Override
  public boolean isPublicAccessBlocked() throws StoreException {
    return ask(
            "read the public access block of",
            "s3:GetBucketPublicAccessBlock",
            () ->
                client()
                    .getPublicAccessBlock(b -> b.bucket(bucket.name()))
                    .publicAccessBlockConfiguration())
        .map(S3BucketSettings::blocksAll)
        .orElse(false);
  }

  private static boolean blocksAll(PublicAccessBlockConfiguration set) {
    return Boolean.TRUE.equals(set.blockPublicAcls())
        && Boolean.TRUE.equals(set.ignorePublicAcls())
        && Boolean.TRUE.equals(set.blockPublicPolicy())
        && Boolean.TRUE.equals(set.restrictPublicBuckets());
  }

  @Override
  public void blockPublicAccess() throws StoreException {
    call(
        "block public access to",
        "s3:PutBucketPublicAccessBlock",
        () ->
            client()
                .putPublicAccessBlock(
                    b ->
                        b.bucket(bucket.name())
                            .publicAccessBlockConfiguration(
                                c ->
                                    c.blockPublicAcls(true)
                                        .ignorePublicAcls(true)
                                        .blockPublicPolicy(true)
                                        .restrictPublicBuckets(true))));
  }

  @Override
  public Optional<String> encryption() throws StoreException {
    return ask(
            "read the encryption of",
            "s3:GetEncryptionConfiguration",
            () ->
                client()
                    .getBucketEncryption(b -> b.bucket(bucket.name()))
                    .serverSideEncryptionConfiguration())
        .flatMap(S3BucketSettings::algorithm);
  }

  private static Optional<String> algorithm(ServerSideEncryptionConfiguration set) {
    return set.rules().stream()
        .map(rule -> rule.applyServerSideEncryptionByDefault())
        .filter(byDefault -> byDefault != null)
        .map(byDefault -> byDefault.sseAlgorithmAsString())
        .findFirst();
  }

  @Override
  public void encrypt() throws StoreException {
    call(
        "set the encryption of",
        "s3:PutEncryptionConfiguration",
        () ->
            client()
                .putBucketEncryption(
                    b ->
                        b.bucket(bucket.name())
                            .serverSideEncryptionConfiguration(
                                c ->
                                    c.rules(
                                        r ->
                                            r.applyServerSideEncryptionByDefault(
                                                d ->
                                                    d.sseAlgorithm(
                                                        ServerSideEncryption.AES256))))));
  }

  @Override
  public Optional<String> policy() throws StoreException {
    return ask(
        "read the policy of",
        "s3:GetBucketPolicy",
        () -> client().getBucketPolicy(b -> b.bucket(bucket.name())).policy());
  }

  @Override
  public void putPolicy(Optional<String> seen, String policy) throws StoreException {
    if (!policy().equals(seen)) {
      throw new StoreException.Changed(
          "Somebody changed the policy of s3://" + bucket.name() + " meanwhile.", null);
    }
    call(
        "set the policy of",
        "s3:PutBucketPolicy",
        () -> client().putBucketPolicy(b -> b.bucket(bucket.name()).policy(policy)));
  }

  @Override
  public Versioning versioning() throws StoreException {
    BucketVersioningStatus status =
        call(
                "ask about versions in",
                "s3:GetBucketVersioning",
                () -> client().getBucketVersioning(b -> b.bucket(bucket.name())))
            .status();
    if (status == null) {
      return Versioning.OFF;
    }
    return status == BucketVersioningStatus.ENABLED ? Versioning.ON : Versioning.SUSPENDED;
  }

  @Override
  public void keepVersions() throws StoreException {
    call(
        "switch on versions in",
        "s3:PutBucketVersioning",
        () ->
            client()
                .putBucketVersioning(
                    b ->
                        b.bucket(bucket.name())
                            .versioningConfiguration(
                                v -> v.status(BucketVersioningStatus.ENABLED))));
  }

  @Override
  public LifecycleRules lifecycle() throws StoreException {
    return rules.read();
  }

  @Override
  public LifecycleRules merge(LifecycleRules seen, List<LifecycleRule> ours) throws StoreException {
    return rules.merge(seen, ours);
  }

  @Override
  public Optional<Replication> replication() throws StoreException {
    return replication.read();
  }

  @Override
  public void replicate(Optional<Replication> seen, String role, List<Replication.Rule> ours)
      throws StoreException {
    replication.merge(seen, role, ours);
  }
}
