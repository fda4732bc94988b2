package dev.vat.sandbox;

import static dev.vat.sandbox.SdkBucket.BUCKET;
import static dev.vat.sandbox.SdkClients.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.StorageClass;

/// Copies by Amazon's own client: of another key, and of an object onto itself.
final class CopiesTest {
  @AutoClose private SdkBucket videos;
  private S3Client s3;

  @BeforeEach
  void open(@TempDir Path dir) throws Exception {
    videos = SdkBucket.in(dir);
    s3 = videos.s3();
  }

  @Test
  void copies_keep_or_replace_metadata_and_obey_conditions() {
    s3.putObject(
        b -> b.bucket(BUCKET).key("from/ä+b").metadata(Map.of("a", "1")).contentType("text/plain"),
        RequestBody.fromString("text"));
    String etag = s3.headObject(b -> b.bucket(BUCKET).key("from/ä+b")).eTag();
    s3.copyObject(
        b ->
            b.sourceBucket(BUCKET)
                .sourceKey("from/ä+b")
                .destinationBucket(BUCKET)
                .destinationKey("to")
                .copySourceIfMatch(etag)
                .ifNoneMatch("*"));
    HeadObjectResponse copy = s3.headObject(b -> b.bucket(BUCKET).key("to"));
    assertThat(copy.metadata()).containsEntry("a", "1");
    assertThat(copy.contentType()).isEqualTo("text/plain");
    assertThat(videos.get("to")).isEqualTo("text");
    refused(
        412,
        "PreconditionFailed",
        () -> copySelf(b -> b.copySourceIfMatch("\"x\"").storageClass(StorageClass.STANDARD_IA)));
    refused(
        412,
        "PreconditionFailed",
        () -> copySelf(b -> b.ifNoneMatch("*").storageClass(StorageClass.STANDARD_IA)));
    refused(400, "InvalidRequest", () -> copySelf(b -> {}));
    copySelf(b -> b.storageClass(StorageClass.STANDARD_IA));
    assertThat(s3.headObject(b -> b.bucket(BUCKET).key("to")).storageClass())
        .isEqualTo(StorageClass.STANDARD_IA);
    copySelf(b -> b.metadataDirective(MetadataDirective.REPLACE).metadata(Map.of("b", "2")));
    HeadObjectResponse replaced = s3.headObject(b -> b.bucket(BUCKET).key("to"));
    assertThat(replaced.metadata()).containsOnlyKeys("b");
    assertThat(replaced.storageClass()).isNull();
  }

  private void copySelf(Consumer<CopyObjectRequest.Builder> more) {
    s3.copyObject(
        b ->
            more.accept(
                b.sourceBucket(BUCKET)
                    .sourceKey("to")
                    .destinationBucket(BUCKET)
                    .destinationKey("to")));
  }
}
