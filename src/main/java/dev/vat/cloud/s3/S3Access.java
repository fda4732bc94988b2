package dev.vat.cloud.s3;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// The SDK's client and presigner for a connection.
final class S3Access {
  private final S3Connection connection;
  private final AwsCredentialsProvider credentials;
  private final Region region;
  private final S3Client client;

  private S3Access(
      S3Connection connection, AwsCredentialsProvider credentials, Region region, S3Client client) {
    this.connection = connection;
    this.credentials = credentials;
    this.region = region;
    this.client = client;
  }

  /// Sends nothing.
  static S3Access to(S3Connection wanted, Tuning tuning) {
    AwsCredentialsProvider credentials = credentials(wanted);
    Region region = region(wanted);
    S3Client client = client(wanted, credentials, region, tuning);
    Optional<URI> found = client.serviceClientConfiguration().endpointOverride();
    if (wanted.endpoint().isPresent() || found.isEmpty()) {
      return new S3Access(wanted, credentials, region, client);
    }
    // The SDK's own configuration (a profile's endpoint_url) names another server: such ones want
    // the bucket in the path, which the SDK does not do by itself.
    client.close();
    S3Connection there = new S3Connection(found, wanted.region(), wanted.keys(), wanted.profile());
    return new S3Access(there, credentials, region, client(there, credentials, region, tuning));
  }

  /// Where it leads in the end.
  S3Connection connection() {
    return connection;
  }

  /// Those that sign right now.
  AwsCredentials currentCredentials() {
    return credentials.resolveCredentials();
  }

  /// Where new buckets are made.
  String region() {
    return region.id();
  }

  /// For control calls.
  S3Client client() {
    return client;
  }

  /// Retries are off ([Retries] has them). Checksums only where we ask for them: the SDK's own
  /// choice breaks many S3-compatible servers, and we always say which one we want.
  private static S3Client client(
      S3Connection connection, AwsCredentialsProvider credentials, Region region, Tuning tuning) {
    var builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(tuning.connectTimeout())
                    .socketTimeout(tuning.readTimeout()))
            .credentialsProvider(credentials)
            .region(region)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(
                o -> {
                  o.retryStrategy(DefaultRetryStrategy.doNotRetry());
                  o.addExecutionInterceptor(new NoSilentResend());
                  connection.profile().ifPresent(o::defaultProfileName);
                });
    connection.endpoint().ifPresent(uri -> builder.endpointOverride(uri).forcePathStyle(true));
    return builder.build();
  }

  /// For bodies. Signing is local; nothing is sent.
  S3Presigner presigner() {
    boolean own = connection.endpoint().isPresent();
    var builder =
        S3Presigner.builder()
            .credentialsProvider(credentials)
            .region(region)
            .serviceConfiguration(
                S3Configuration.builder()
                    .pathStyleAccessEnabled(own)
                    .checksumValidationEnabled(false)
                    .build());
    connection.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  /// Who asks.
  static AwsCredentialsProvider credentials(S3Connection connection) {
    AwsCredentialsProvider source =
        connection
            .keys()
            .map(S3Access::fixed)
            .orElseGet(
                () ->
                    connection
                        .profile()
                        .<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
                        .orElseGet(S3Access::chain));
    return () -> {
      try {
        return source.resolveCredentials();
      } catch (SdkClientException | IllegalArgumentException | IllegalStateException e) {
        // The latter two: a profile that is written wrongly.
        throw new NoCredentialsException(e);
      }
    };
  }

  private static AwsCredentialsProvider fixed(S3Keys keys) {
    return StaticCredentialsProvider.create(
        keys.sessionToken()
            .<AwsCredentials>map(
                token ->
                    AwsSessionCredentials.create(keys.accessKeyId(), keys.secretAccessKey(), token))
            .orElseGet(
                () -> AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey())));
  }

  /// The SDK's default chain, but without asking the network address of EC2's metadata service: on
  /// a desktop nobody answers there, and the wait looks like a hang. Who runs on EC2 sets
  /// AWS_EC2_METADATA_DISABLED=false.
  private static AwsCredentialsProvider chain() {
    List<AwsCredentialsProvider> chain = new ArrayList<>();
    chain.add(SystemPropertyCredentialsProvider.create());
    chain.add(EnvironmentVariableCredentialsProvider.create());
    chain.add(WebIdentityTokenFileCredentialsProvider.create());
    chain.add(ProfileCredentialsProvider.create());
    chain.add(ContainerCredentialsProvider.create());
    if ("false".equalsIgnoreCase(System.getenv("AWS_EC2_METADATA_DISABLED"))) {
      chain.add(InstanceProfileCredentialsProvider.create());
    }
    return AwsCredentialsProviderChain.builder().credentialsProviders(chain).build();
  }

  /// Without any setting `us-east-1`: right for most S3-compatible servers, and S3 itself then
  /// names the right one.
  private static Region region(S3Connection connection) {
    if (connection.region().isPresent()) {
      return Region.of(connection.region().get());
    }
    AwsRegionProvider profile =
        connection
            .profile()
            .map(name -> new AwsProfileRegionProvider(null, name))
            .orElseGet(AwsProfileRegionProvider::new);
    try {
      return new AwsRegionProviderChain(new SystemSettingsRegionProvider(), profile).getRegion();
    } catch (SdkClientException _) {
      // None of the sources names a region.
      return Region.US_EAST_1;
    }
  }
}
