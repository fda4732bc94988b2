package dev.vat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Amazon's own client with its defaults, and what it makes of refusals. It signs with the real
/// time, wherever the clock of what is stored has been moved to.
final class SdkClients {
  private SdkClients() {}

  static SandboxServer start(Path dir, UnaryOperator<SandboxOptions> more) throws Exception {
    return SandboxServer.start(more.apply(SandboxOptions.in(dir, InstantSource.system())));
  }

  static S3Client of(SandboxServer server) {
    return of(server, Region.US_EAST_1);
  }

  static S3Client of(SandboxServer server, Region region) {
    return S3Client.builder()
        .endpointOverride(server.endpoint())
        .region(region)
        .forcePathStyle(true)
        .credentialsProvider(credentials())
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  static S3Presigner presigner(SandboxServer server, Region region) {
    return S3Presigner.builder()
        .endpointOverride(server.endpoint())
        .region(region)
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .credentialsProvider(credentials())
        .build();
  }

  private static StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY));
  }

  static S3Exception refused(int status, String code, Runnable call) {
    return refused(S3Exception.class, status, code, call);
  }

  /// @param as the client's own type for this code
  static <E extends S3Exception> E refused(Class<E> as, int status, String code, Runnable call) {
    E refusal = catchThrowableOfType(as, call::run);
    assertThat(refusal).isNotNull();
    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
    assertThat(refusal.statusCode()).isEqualTo(status);
    return refusal;
  }
}
