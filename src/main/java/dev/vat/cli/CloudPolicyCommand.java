package dev.vat.cli;

import dev.vat.account.AccessPolicy;
import dev.vat.settings.ArchivePlace;
import dev.vat.settings.Setting;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `vat cloud policy`: what somebody may do, as an IAM policy. Needs no network.
@Command(
    name = "policy",
    description = "prints an IAM policy with what somebody needs, and no more",
    footer = {
      "",
      "owner: sets up, archives, shares, restores. collaborator: shared files only.",
      "restorer: shared files, and reads and thaws archives; removes none.",
      "",
      "Example:",
      "  vat cloud policy --for collaborator > jan.json",
      "  aws iam put-user-policy --user-name jan --policy-name vat \\",
      "    --policy-document file://jan.json"
    })
final class CloudPolicyCommand implements VatCommand {
  /// As typed.
  enum Who {
    owner,
    collaborator,
    restorer;

    AccessPolicy.Role role() {
      return AccessPolicy.Role.valueOf(name().toUpperCase(Locale.ROOT));
    }
  }

  @Option(
      names = "--for",
      required = true,
      paramLabel = "WHO",
      description = "owner, collaborator or restorer")
  private Who who;

  @Mixin private OutputOptions output;

  private record Document(String who, JsonNode policy) {}

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    CloudPlaces places = CloudPlaces.of(invocation);
    String policy = policy(places, who.role());
    invocation.console().line(policy);
    invocation
        .console()
        .document(
            "vat.cloud-policy/1", new Document(who.name(), new JsonMapper().readTree(policy)));
    return ExitCode.DONE;
  }

  private static String policy(CloudPlaces places, AccessPolicy.Role role) {
    switch (role) {
      case OWNER -> {}
      case COLLABORATOR -> places.context().settings().required(Setting.S3_COLLAB_BUCKET);
      case RESTORER -> ArchivePlace.required(places.context().settings());
    }
    return places.policy(role).orElseThrow();
  }
}
