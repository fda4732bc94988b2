package dev.vat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketLocationConstraint;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/// What a bucket is set to, as the API reference has it, by Amazon's own client.
final class BucketDocumentsTest {
  private static final String BUCKET = "videos";
  private static final String POLICY =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"ä\\u0001\",\"Effect\":\"Deny\"}]}";

  @TempDir private Path dir;
  private SandboxServer server;
  private S3Client s3;

  @BeforeEach
  void start() throws Exception {
    server = SdkClients.start(dir, o -> o.withBuckets(BUCKET));
    s3 = SdkClients.of(server);
  }

  @AfterEach
  void stop() throws Exception {
    s3.close();
    server.close();
  }

  private PublicAccessBlockConfiguration publicAccess() {
    return s3.getPublicAccessBlock(b -> b.bucket(BUCKET)).publicAccessBlockConfiguration();
  }

  @Test
  void a_bucket_knows_its_region() {
    s3.createBucket(
        b ->
            b.bucket("far-away")
                .createBucketConfiguration(
                    c -> c.locationConstraint(BucketLocationConstraint.AP_SOUTHEAST_1)));

    assertThat(s3.headBucket(b -> b.bucket("far-away")).bucketRegion()).isEqualTo("ap-southeast-1");
    assertThat(s3.getBucketLocation(b -> b.bucket("far-away")).locationConstraint())
        .isEqualTo(BucketLocationConstraint.AP_SOUTHEAST_1);
    assertThat(s3.headBucket(b -> b.bucket(BUCKET)).bucketRegion()).isEqualTo("us-east-1");
  }

  @Test
  void a_new_bucket_blocks_public_access_and_keeps_what_is_set_instead() throws Exception {
    assertThat(publicAccess())
        .isEqualTo(
            PublicAccessBlockConfiguration.builder()
                .blockPublicAcls(true)
                .ignorePublicAcls(true)
                .blockPublicPolicy(true)
                .restrictPublicBuckets(true)
                .build());
    s3.putPublicAccessBlock(
        b -> b.bucket(BUCKET).publicAccessBlockConfiguration(c -> c.blockPublicAcls(true)));
    assertThat(publicAccess().blockPublicAcls()).isTrue();
    assertThat(publicAccess().restrictPublicBuckets()).isFalse();

    s3.deletePublicAccessBlock(b -> b.bucket(BUCKET));
    SdkClients.refused(404, "NoSuchPublicAccessBlockConfiguration", this::publicAccess);
    SdkClients.refused(
        404, "NoSuchBucket", () -> s3.getPublicAccessBlock(b -> b.bucket("no-such-bucket")));
  }

  @Test
  void every_bucket_encrypts_with_s3s_own_keys_and_others_are_not_to_be_had() {
    s3.putBucketEncryption(b -> b.bucket(BUCKET).serverSideEncryptionConfiguration(ours()));
    assertThat(algorithm()).isEqualTo(ServerSideEncryption.AES256);
    s3.deleteBucketEncryption(b -> b.bucket(BUCKET));
    assertThat(algorithm()).isEqualTo(ServerSideEncryption.AES256);

    SdkClients.refused(
        501,
        "NotImplemented",
        () ->
            s3.putBucketEncryption(
                b ->
                    b.bucket(BUCKET)
                        .serverSideEncryptionConfiguration(
                            c ->
                                c.rules(
                                    r ->
                                        r.applyServerSideEncryptionByDefault(
                                            d -> d.sseAlgorithm(ServerSideEncryption.AWS_KMS))))));
  }

  private static software.amazon.awssdk.services.s3.model.ServerSideEncryptionConfiguration ours() {
    return software.amazon.awssdk.services.s3.model.ServerSideEncryptionConfiguration.builder()
        .rules(
            r ->
                r.applyServerSideEncryptionByDefault(
                    d -> d.sseAlgorithm(ServerSideEncryption.AES256)))
        .build();
  }

  private ServerSideEncryption algorithm() {
    return s3.getBucketEncryption(b -> b.bucket(BUCKET))
        .serverSideEncryptionConfiguration()
        .rules()
        .getFirst()
        .applyServerSideEncryptionByDefault()
        .sseAlgorithm();
  }

  @Test
  void a_policy_comes_back_to_the_letter_also_after_a_new_start() throws Exception {
    SdkClients.refused(404, "NoSuchBucketPolicy", () -> s3.getBucketPolicy(b -> b.bucket(BUCKET)));
    s3.putBucketPolicy(b -> b.bucket(BUCKET).policy(POLICY));
    stop();
    start();
    assertThat(s3.getBucketPolicy(b -> b.bucket(BUCKET)).policy()).isEqualTo(POLICY);

    SdkClients.refused(
        400,
        "MalformedPolicy",
        () -> s3.putBucketPolicy(b -> b.bucket(BUCKET).policy("not a policy")));
    s3.deleteBucketPolicy(b -> b.bucket(BUCKET));
    SdkClients.refused(404, "NoSuchBucketPolicy", () -> s3.getBucketPolicy(b -> b.bucket(BUCKET)));
  }

  @Test
  void versions_are_refused_and_not_pretended() {
    SdkClients.refused(501, "NotImplemented", () -> s3.getBucketVersioning(b -> b.bucket(BUCKET)));
    SdkClients.refused(
        501,
        "NotImplemented",
        () ->
            s3.putBucketVersioning(
                b ->
                    b.bucket(BUCKET)
                        .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED))));
  }
}
