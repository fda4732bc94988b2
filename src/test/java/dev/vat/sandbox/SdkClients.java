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
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Amazon's own client with its defaults, and what it makes of refusals. It signs with the real
/// time, wherever the clock of what is stored has been moved to.
final class SdkClients {
  private SdkClients() {}

  static SandboxServer start(Path dir, UnaryOperator<SandboxOptions> more) throws Exception {
    return SandboxServer.start(more.apply(SandboxOptions.in(dir, InstantSource.system())));
  }

  static S3Client of(SandboxServer server) {
    return S3Client.builder()
        .endpointOverride(server.endpoint())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY)))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
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
