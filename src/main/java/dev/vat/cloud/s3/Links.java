package dev.vat.cloud.s3;

import dev.vat.cloud.ReadLink;
import dev.vat.cloud.StoreException;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;

/// Makes links that a browser can open. Nothing is sent: a link is signed here, by this computer's
/// clock.
final class Links {
  private final Bucket bucket;
  private final S3Access access;

  Links(Bucket bucket, S3Access access) {
    this.bucket = bucket;
    this.access = access;
  }

  ReadLink readLink(String key, ReadLink.Shown shown, Duration valid) throws StoreException {
    ReadLink.requireValid(valid);
    Doing doing = new Doing("make a link to", key, "s3:GetObject");
    try {
      return Calls.make(() -> signed(key, shown, valid));
    } catch (FaultException e) {
      throw bucket.errors().explain(doing, e);
    }
  }

  private ReadLink signed(String key, ReadLink.Shown shown, Duration valid) {
    // Asked once: what is told of them must be true of those that signed.
    AwsCredentials credentials = access.currentCredentials();
    GetObjectRequest get =
        GetObjectRequest.builder()
            .bucket(bucket.name())
            .key(key)
            .responseContentType(shown.contentType())
            .responseContentDisposition(Disposition.of(shown))
            .overrideConfiguration(
                o -> o.credentialsProvider(StaticCredentialsProvider.create(credentials)))
            .build();
    try (S3Presigner presigner = access.presigner()) {
      PresignedGetObjectRequest request =
          presigner.presignGetObject(p -> p.signatureDuration(valid).getObjectRequest(get));
      if (!request.isBrowserExecutable()) {
        throw new IllegalStateException(
            "a browser would not send what is signed: " + request.signedHeaders().keySet());
      }
      return new ReadLink(
          URI.create(request.url().toString()),
          // Signatures are dated by whole seconds.
          request.expiration().truncatedTo(ChronoUnit.SECONDS),
          signer(credentials));
    }
  }

  private static ReadLink.Signer signer(AwsCredentials credentials) {
    return credentials
        .expirationTime()
        .<ReadLink.Signer>map(ReadLink.Signer.Until::new)
        .orElseGet(
            () ->
                credentials instanceof AwsSessionCredentials
                    ? new ReadLink.Signer.Temporary()
                    : new ReadLink.Signer.Lasting());
  }
}
