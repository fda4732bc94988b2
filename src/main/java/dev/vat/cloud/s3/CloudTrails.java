package dev.vat.cloud.s3;

import dev.vat.cloud.AuditTrails;
import dev.vat.cloud.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.cloudtrail.model.GetEventSelectorsResponse;
import software.amazon.awssdk.services.cloudtrail.model.ReadWriteType;
import software.amazon.awssdk.services.cloudtrail.model.TrailNotFoundException;
import software.amazon.awssdk.services.sts.StsClient;

/// Trails, by AWS CloudTrail; the account's number, by AWS STS.
public final class CloudTrails implements AuditTrails {
  private static final String OBJECTS = "AWS::S3::Object";

  private final CloudTrailClient client;
  private final StsClient identity;
  private final AccountCalls calls = new AccountCalls("AWS CloudTrail");

  private CloudTrails(CloudTrailClient client, StsClient identity) {
    this.client = client;
    this.identity = identity;
  }

  /// Sends nothing.
  ///
  /// @param connection its endpoint is that of CloudTrail, and of STS as well; without one it is
  ///     AWS. Its region is that of the trails
  public static CloudTrails open(S3Connection connection) {
    Region region = Region.of(connection.region().orElse("us-east-1"));
    var trails =
        CloudTrailClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(S3Access.credentials(connection))
            .region(region)
            .overrideConfiguration(o -> connection.profile().ifPresent(o::defaultProfileName));
    var identity =
        StsClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(S3Access.credentials(connection))
            .region(region)
            .overrideConfiguration(o -> connection.profile().ifPresent(o::defaultProfileName));
    connection.endpoint().ifPresent(trails::endpointOverride);
    connection.endpoint().ifPresent(identity::endpointOverride);
    return new CloudTrails(trails.build(), identity.build());
  }

  @Override
  public String account() throws StoreException {
    return calls.call(
        "ask which account this is",
        "sts:GetCallerIdentity",
        () -> identity.getCallerIdentity().account());
  }

  @Override
  public Optional<Trail> find(String name) throws StoreException {
    return calls.call(
        "look at the trail " + name,
        "cloudtrail:GetTrail, GetTrailStatus and GetEventSelectors",
        () -> {
          try {
            String bucket = client.getTrail(b -> b.name(name)).trail().s3BucketName();
            boolean logging =
                Boolean.TRUE.equals(client.getTrailStatus(b -> b.name(name)).isLogging());
            return Optional.of(
                new Trail(
                    name,
                    bucket,
                    logging,
                    watched(client.getEventSelectors(b -> b.trailName(name)))));
          } catch (TrailNotFoundException none) {
            return Optional.empty();
          }
        });
  }

  private static Optional<Set<String>> watched(GetEventSelectorsResponse found) {
    Set<String> objects = new TreeSet<>();
    boolean known = !found.hasAdvancedEventSelectors() || found.advancedEventSelectors().isEmpty();
    for (EventSelector selector : found.eventSelectors()) {
      known &=
          selector.readWriteType() == ReadWriteType.WRITE_ONLY
              && Boolean.FALSE.equals(selector.includeManagementEvents())
              && selector.dataResources().stream().allMatch(data -> data.type().equals(OBJECTS));
      selector.dataResources().forEach(data -> objects.addAll(data.values()));
    }
    return known ? Optional.of(objects) : Optional.empty();
  }

  @Override
  public void create(String name, String bucket) throws StoreException {
    // AWS refuses a second one of a name; what speaks like it may not.
    if (find(name).isPresent()) {
      throw new StoreException.Changed("Somebody made a trail " + name + " meanwhile.", null);
    }
    calls.call(
        "make the trail " + name,
        "cloudtrail:CreateTrail",
        () -> client.createTrail(b -> b.name(name).s3BucketName(bucket)));
  }

  @Override
  public void watch(String name, Set<String> objects) throws StoreException {
    calls.call(
        "set what the trail " + name + " logs",
        "cloudtrail:PutEventSelectors",
        () ->
            client.putEventSelectors(
                b ->
                    b.trailName(name)
                        .eventSelectors(
                            selector ->
                                selector
                                    .readWriteType(ReadWriteType.WRITE_ONLY)
                                    .includeManagementEvents(false)
                                    .dataResources(
                                        data ->
                                            data.type(OBJECTS)
                                                .values(List.copyOf(new TreeSet<>(objects)))))));
  }

  @Override
  public void start(String name) throws StoreException {
    calls.call(
        "switch on the trail " + name,
        "cloudtrail:StartLogging",
        () -> client.startLogging(b -> b.name(name)));
  }

  @Override
  public void close() {
    client.close();
    identity.close();
  }
}
