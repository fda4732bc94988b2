package dev.vat.sandbox;

import static dev.vat.sandbox.SdkBucket.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Links that Amazon's own client signs, followed by somebody who has no keys.
final class PresignedLinksTest {
  @AutoClose private SdkBucket videos;
  @AutoClose private S3Presigner presigner;

  @BeforeEach
  void open(@TempDir Path dir) throws Exception {
    videos = SdkBucket.in(dir);
    presigner = SdkClients.presigner(videos.server(), SdkBucket.REGION);
  }

  @Test
  void presigned_links_get_put_and_upload_parts() throws Exception {
    videos.put("share me.mp4", "film");
    var get =
        presigner.presignGetObject(
            p ->
                p.signatureDuration(Duration.ofMinutes(5))
                    .getObjectRequest(
                        g ->
                            g.bucket(BUCKET).key("share me.mp4").responseContentType("video/mp4")));
    HttpURLConnection read = (HttpURLConnection) get.url().openConnection();
    assertThat(read.getInputStream().readAllBytes()).asString().isEqualTo("film");
    assertThat(read.getContentType()).isEqualTo("video/mp4");
    var put =
        presigner.presignPutObject(
            p ->
                p.signatureDuration(Duration.ofMinutes(5))
                    .putObjectRequest(g -> g.bucket(BUCKET).key("sent")));
    assertThat(send(put, "by link")).isEqualTo(200);
    assertThat(videos.get("sent")).isEqualTo("by link");
    String id = videos.begin("parts", b -> {});
    var part =
        presigner.presignUploadPart(
            p ->
                p.signatureDuration(Duration.ofMinutes(5))
                    .uploadPartRequest(
                        g -> g.bucket(BUCKET).key("parts").uploadId(id).partNumber(1)));
    assertThat(send(part, "a part by link")).isEqualTo(200);
    assertThat(videos.s3().listParts(b -> b.bucket(BUCKET).key("parts").uploadId(id)).parts())
        .hasSize(1);
  }

  private static int send(PresignedRequest link, String body) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) link.url().openConnection();
    connection.setRequestMethod("PUT");
    link.signedHeaders().forEach((n, v) -> connection.setRequestProperty(n, v.getFirst()));
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.length());
    connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    return connection.getResponseCode();
  }
}
