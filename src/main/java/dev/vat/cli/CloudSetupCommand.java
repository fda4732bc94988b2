package dev.vat.cli;

import dev.vat.account.AccessPolicy;
import dev.vat.account.Change;
import dev.vat.account.CloudFormation;
import dev.vat.account.FoundBucket;
import dev.vat.account.SetupPlan;
import dev.vat.account.WantedBucket;
import dev.vat.cloud.BucketSettings;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StoreException;
import dev.vat.settings.AccountAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `vat cloud setup`: the buckets as vat needs them.
@Command(
    name = "setup",
    description = "makes or checks the buckets: private, encrypted, versions, life cycle rules",
    footer = {
      "",
      "Shows every difference before it changes anything, and can be run again at",
      "any time. Rules and policies that others made stay. No rule removes shared",
      "files or archives.",
      "",
      "Examples:",
      "  vat cloud setup --dry-run",
      "  vat cloud setup",
      "  vat cloud setup --iam --attach jan=collaborator",
      "  vat cloud setup --print cloudformation > vat-buckets.json"
    })
final class CloudSetupCommand implements VatCommand {
  /// Other ways to set it up, as typed.
  enum Form {
    cloudformation
  }

  @Option(
      names = "--print",
      paramLabel = "FORM",
      description = "cloudformation: prints a template of new buckets; no network")
  private Form print;

  @Option(
      names = "--audit",
      description = "also a log of who writes and removes (CloudTrail; costs, told first)")
  private boolean audit;

  @Option(
      names = "--iam",
      description = "also the access policies in the AWS account (vat cloud policy)")
  private boolean iam;

  @Option(
      names = "--attach",
      paramLabel = "USER=ROLE",
      description = "with --iam: gives a user the policy of a role; repeatable")
  private Map<String, CloudPolicyCommand.Who> people = Map.of();

  @Option(
      names = "--replicate",
      paramLabel = "REGION",
      description = "also copies of the archives in another region (cost, told first)")
  private String replicate;

  @Option(
      names = "--replica-bucket",
      paramLabel = "NAME",
      description = "with --replicate: the bucket there (default: the archives' with the region)")
  private String replicaBucket;

  @Mixin private ChangeOptions change;
  @Mixin private OutputOptions output;

  private record Template(String form, boolean audit, JsonNode template) {}

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public String whenStopped() {
    return "Stopped. What was changed so far stands; run it again to see what is left.";
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    CloudPlaces places = CloudPlaces.of(invocation);
    if (print != null) {
      return print(invocation, places);
    }
    if (!people.isEmpty() && !iam) {
      throw CommandFailure.usage("--attach goes with --iam", "add --iam");
    }
    if (replicaBucket != null && replicate == null) {
      throw CommandFailure.usage("--replica-bucket goes with --replicate", "name the region");
    }
    if (replicate != null && !replicate.matches("[a-z]{2,3}(-[a-z]+)+-[0-9]")) {
      throw CommandFailure.usage(
          Printable.of(replicate) + " is no AWS region", "in AWS's spelling: eu-west-1");
    }
    if (iam || replicate != null) {
      AccountAccess.policies(places.context().settings());
    }
    if (audit) {
      AccountAccess.trails(places.context().settings());
    }
    List<ObjectStore> stores = new ArrayList<>();
    List<SetupSection> sections = new ArrayList<>();
    try {
      List<SetupPlan> plans = new ArrayList<>();
      SetupReport report = new SetupReport(invocation.console(), change.dryRun);
      for (WantedBucket wanted : places.wanted()) {
        ObjectStore store = places.open(invocation, wanted.name());
        stores.add(store);
        FoundBucket found = FoundBucket.of(store.settings());
        SetupPlan plan = SetupPlan.of(wanted, found);
        plans.add(plan);
        report.plan(plan, found, store.settings());
      }
      if (iam) {
        sections.add(SetupAccess.section(invocation, places, roles()));
      }
      if (audit) {
        sections.add(SetupAudit.section(invocation, places));
      }
      if (replicate != null) {
        sections.add(
            SetupReplica.section(
                invocation,
                places,
                new SetupReplica.Target(replicate, Optional.ofNullable(replicaBucket))));
      }
      sections.forEach(report::section);
      if (report.changes() > 0 && !change.dryRun) {
        if (!confirmed(invocation.console(), report.changes())) {
          return report.end(true);
        }
        apply(plans, stores, report);
        apply(sections, report);
      }
      return report.end(false);
    } finally {
      stores.forEach(ObjectStore::close);
      sections.forEach(SetupSection::close);
    }
  }

  private Map<String, AccessPolicy.Role> roles() {
    Map<String, AccessPolicy.Role> roles = new TreeMap<>();
    people.forEach((user, who) -> roles.put(user, who.role()));
    return roles;
  }

  /// Later steps of a part build on earlier ones, so that it ends where one fails.
  private static void apply(List<SetupSection> sections, SetupReport report) throws StoreException {
    for (SetupSection section : sections) {
      for (SetupSection.Step step : section.steps()) {
        try {
          step.doing().run();
          report.done(step);
        } catch (StoreException fault) {
          report.failed(step, fault);
          if (fault.endsEverything()) {
            throw fault;
          }
          break;
        }
      }
    }
  }

  private ExitCode print(Invocation invocation, CloudPlaces places) throws IOException {
    Console console = invocation.console();
    Map<String, String> policies = new TreeMap<>();
    for (AccessPolicy.Role role : AccessPolicy.Role.values()) {
      places
          .policy(role)
          .ifPresent(
              policy ->
                  policies.put(
                      role.name().charAt(0)
                          + role.name().substring(1).toLowerCase(Locale.ROOT)
                          + "Policy",
                      policy));
    }
    String template =
        CloudFormation.template(
            places.wanted(), places.access().region().orElse(""), policies, audit);
    console.line(template);
    console.document(
        "vat.cloud-template/1",
        new Template(print.name(), audit, new JsonMapper().readTree(template)));
    if (audit) {
      console.note(SetupAudit.price(PriceFiles.of(invocation).in(places.context().settings())));
    }
    return ExitCode.DONE;
  }

  private boolean confirmed(Console console, int changes) throws IOException {
    return console.questions(change.yes).confirm("Make " + Counts.of(changes, "change") + "?");
  }

  /// What is not possible with one thing hinders no other; what would hinder all ends it.
  private static void apply(List<SetupPlan> plans, List<ObjectStore> stores, SetupReport report)
      throws StoreException {
    for (int i = 0; i < plans.size(); i++) {
      BucketSettings bucket = stores.get(i).settings();
      for (Change step : plans.get(i).changes()) {
        try {
          SetupPlan.apply(step, bucket);
          report.done(plans.get(i), step);
        } catch (StoreException fault) {
          report.failed(plans.get(i), step, fault);
          if (fault.endsEverything() || step instanceof Change.Create) {
            throw fault;
          }
        }
      }
    }
  }
}
