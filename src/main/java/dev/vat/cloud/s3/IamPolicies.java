package dev.vat.cloud.s3;

import dev.vat.cloud.AccessPolicies;
import dev.vat.cloud.StoreException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.Tag;

/// The access policies of an account, by AWS IAM.
public final class IamPolicies implements AccessPolicies {
  private final IamClient client;
  private final AccountCalls calls = new AccountCalls("AWS IAM");

  private IamPolicies(IamClient client) {
    this.client = client;
  }

  /// Sends nothing.
  ///
  /// @param connection its endpoint is that of IAM; without one it is AWS
  public static IamPolicies open(S3Connection connection) {
    var builder =
        IamClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(S3Access.credentials(connection))
            .region(region(connection))
            .overrideConfiguration(o -> connection.profile().ifPresent(o::defaultProfileName));
    connection.endpoint().ifPresent(builder::endpointOverride);
    return new IamPolicies(builder.build());
  }

  /// IAM is one for all regions of a partition.
  private static Region region(S3Connection connection) {
    String region = connection.region().orElse("");
    if (region.startsWith("cn-")) {
      return Region.AWS_CN_GLOBAL;
    }
    return region.startsWith("us-gov-") ? Region.AWS_US_GOV_GLOBAL : Region.AWS_GLOBAL;
  }

  @Override
  public Optional<Policy> find(String name) throws StoreException {
    Optional<String> arn = arn(name);
    if (arn.isEmpty()) {
      return Optional.empty();
    }
    List<PolicyVersion> versions =
        calls
            .call(
                "look at the policy " + name,
                "iam:ListPolicyVersions",
                () -> client.listPolicyVersions(b -> b.policyArn(arn.get())))
            .versions();
    String holds =
        versions.stream()
            .filter(version -> Boolean.TRUE.equals(version.isDefaultVersion()))
            .map(PolicyVersion::versionId)
            .findFirst()
            .orElse("");
    String document =
        calls
            .call(
                "read the policy " + name,
                "iam:GetPolicyVersion",
                () -> client.getPolicyVersion(b -> b.policyArn(arn.get()).versionId(holds)))
            .policyVersion()
            .document();
    List<String> earlier =
        versions.stream()
            .filter(version -> !version.versionId().equals(holds))
            .sorted(Comparator.comparing(PolicyVersion::createDate))
            .map(PolicyVersion::versionId)
            .toList();
    return Optional.of(
        new Policy(name, arn.get(), tags(name, arn.get()), holds, plain(document), earlier));
  }

  /// AWS encodes it (RFC 3986, by IAM API Reference, GetPolicyVersion), others give it as it is.
  private static String plain(String document) {
    return document.startsWith("%")
        ? URLDecoder.decode(document.replace("+", "%2B"), StandardCharsets.UTF_8)
        : document;
  }

  private Optional<String> arn(String name) throws StoreException {
    return calls.call(
        "list the policies of the account",
        "iam:ListPolicies",
        () ->
            client.listPoliciesPaginator(b -> b.scope(PolicyScopeType.LOCAL)).policies().stream()
                .filter(policy -> policy.policyName().equals(name))
                .map(policy -> policy.arn())
                .findFirst());
  }

  private Map<String, String> tags(String name, String arn) throws StoreException {
    Map<String, String> tags = new TreeMap<>();
    calls
        .call(
            "read the tags of the policy " + name,
            "iam:ListPolicyTags",
            () -> client.listPolicyTags(b -> b.policyArn(arn)))
        .tags()
        .forEach(tag -> tags.put(tag.key(), tag.value()));
    return tags;
  }

  @Override
  public void create(String name, String description, Map<String, String> tags, String document)
      throws StoreException {
    calls.call(
        "make the policy " + name,
        "iam:CreatePolicy and iam:TagPolicy",
        () ->
            client.createPolicy(
                b ->
                    b.policyName(name)
                        .description(description)
                        .policyDocument(document)
                        .tags(forIam(tags))));
  }

  @Override
  public void update(Policy seen, String document) throws StoreException {
    if (!find(seen.name()).equals(Optional.of(seen))) {
      throw new StoreException.Changed(
          "Somebody changed the policy " + seen.name() + " meanwhile. Look again.", null);
    }
    if (seen.earlier().size() + 1 >= MOST_VERSIONS) {
      calls.call(
          "remove the oldest version of the policy " + seen.name(),
          "iam:DeletePolicyVersion",
          () ->
              client.deletePolicyVersion(
                  b -> b.policyArn(seen.arn()).versionId(seen.earlier().getFirst())));
    }
    calls.call(
        "change the policy " + seen.name(),
        "iam:CreatePolicyVersion",
        () ->
            client.createPolicyVersion(
                b -> b.policyArn(seen.arn()).policyDocument(document).setAsDefault(true)));
  }

  @Override
  public Optional<Set<String>> attachedTo(String user) throws StoreException {
    return calls.call(
        "look at the user " + user,
        "iam:ListAttachedUserPolicies",
        () -> {
          try {
            Set<String> names = new TreeSet<>();
            client
                .listAttachedUserPoliciesPaginator(b -> b.userName(user))
                .attachedPolicies()
                .stream()
                .map(AttachedPolicy::policyName)
                .forEach(names::add);
            return Optional.of(names);
          } catch (NoSuchEntityException none) {
            return Optional.empty();
          }
        });
  }

  @Override
  public void attach(String user, String policy) throws StoreException {
    Optional<String> arn = arn(policy);
    if (arn.isEmpty()) {
      throw new StoreException.Changed("There is no policy " + policy + " to attach.", null);
    }
    calls.call(
        "attach " + policy + " to " + user,
        "iam:AttachUserPolicy",
        () -> client.attachUserPolicy(b -> b.userName(user).policyArn(arn.get())));
  }

  @Override
  public Optional<Role> role(String name) throws StoreException {
    return calls.call(
        "look at the role " + name,
        "iam:GetRole, ListRolePolicies and GetRolePolicy",
        () -> {
          try {
            var role = client.getRole(b -> b.roleName(name)).role();
            Map<String, String> tags = new TreeMap<>();
            role.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
            Map<String, String> permissions = new TreeMap<>();
            client
                .listRolePoliciesPaginator(b -> b.roleName(name))
                .policyNames()
                .forEach(
                    policy ->
                        permissions.put(
                            policy,
                            plain(
                                client
                                    .getRolePolicy(b -> b.roleName(name).policyName(policy))
                                    .policyDocument())));
            return Optional.of(new Role(name, role.arn(), tags, permissions));
          } catch (NoSuchEntityException none) {
            return Optional.empty();
          }
        });
  }

  @Override
  public void createRole(String name, String description, Map<String, String> tags, String trust)
      throws StoreException {
    calls.call(
        "make the role " + name,
        "iam:CreateRole and iam:TagRole",
        () ->
            client.createRole(
                b ->
                    b.roleName(name)
                        .description(description)
                        .assumeRolePolicyDocument(trust)
                        .tags(forIam(tags))));
  }

  @Override
  public void permit(String role, String policy, String document) throws StoreException {
    calls.call(
        "set what the role " + role + " may",
        "iam:PutRolePolicy",
        () ->
            client.putRolePolicy(
                b -> b.roleName(role).policyName(policy).policyDocument(document)));
  }

  private static List<Tag> forIam(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  @Override
  public void close() {
    client.close();
  }
}
