package dev.vat.cli;

import dev.vat.settings.CollabPlace;
import dev.vat.settings.S3Access;
import dev.vat.settings.Setting;
import dev.vat.settings.Settings;
import dev.vat.settings.SettingsException;
import dev.vat.settings.SettingsSources;
import dev.vat.settings.SsdBase;
import dev.vat.settings.SyncUser;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// What `vat init` asks on a terminal: only what most teams need; the rest is explained in the
/// file.
final class InitQuestions {
  private final Questions questions;
  private final Invocation invocation;

  InitQuestions(Questions questions, Invocation invocation) {
    this.questions = questions;
    this.invocation = invocation;
  }

  /// Asks for what is not there yet, and puts it there. An empty answer leaves a setting out.
  ///
  /// @throws CommandFailure when the input ends: nothing was written
  void ask(Map<Setting, String> values) throws IOException {
    invocation.console().note("Press Enter to leave something out; it can be set later.");
    text(values, Setting.S3_COLLAB_BUCKET, "Bucket that your team shares files through", "");
    text(values, Setting.AWS_REGION, "Its region, for example ap-southeast-1", "");
    text(values, Setting.S3_SYNC_USER, "Who you are to your team", suggestedUser());
    text(values, Setting.SSD_BASE, "The folder on your SSD, for example /Volumes/T7/youtube", "");
    if (!values.containsKey(Setting.AWS_PROFILE)) {
      text(
          values,
          Setting.AWS_ACCESS_KEY_ID,
          "S3 access key id (left out: as the AWS tools are set up)",
          "");
      if (values.containsKey(Setting.AWS_ACCESS_KEY_ID)) {
        String secret =
            questions.secret("Its secret key (not shown)").orElseThrow(InitQuestions::stopped);
        invocation.console().redaction().hide(secret);
        if (!secret.isEmpty()) {
          values.put(Setting.AWS_SECRET_ACCESS_KEY, secret);
        }
      }
    }
  }

  /// Asks until the answer is fit: one typing error must not cost all the answers before it.
  private void text(
      Map<Setting, String> values, Setting setting, String question, String suggestion)
      throws IOException {
    while (!values.containsKey(setting)) {
      String answer = questions.text(question, suggestion).orElseThrow(InitQuestions::stopped);
      if (answer.isEmpty()) {
        return;
      }
      Optional<SettingsException> problem = problemOf(setting, answer);
      if (problem.isEmpty()) {
        values.put(setting, answer);
      } else {
        invocation.console().warning(Printable.of(problem.get().message()));
      }
    }
  }

  private Optional<SettingsException> problemOf(Setting setting, String answer) {
    Settings given = settings(Map.of(setting, answer));
    try {
      switch (setting) {
        case S3_COLLAB_BUCKET -> CollabPlace.of(given, invocation.surroundings().folder());
        case AWS_REGION -> S3Access.of(given);
        case S3_SYNC_USER -> SyncUser.of(given);
        case SSD_BASE -> SsdBase.ifSet(given);
        default -> {
          // An access key is judged together with its secret.
        }
      }
      return Optional.empty();
    } catch (SettingsException wrong) {
      return Optional.of(wrong);
    }
  }

  private Settings settings(Map<Setting, String> given) {
    return Settings.load(
        new SettingsSources(
            given,
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            CurrentRepository.machine(invocation.surroundings())));
  }

  private String suggestedUser() {
    try {
      return SyncUser.of(settings(Map.of())).name();
    } catch (SettingsException noneFits) {
      return "";
    }
  }

  private static CommandFailure stopped() {
    return new CommandFailure(
        ExitCode.INTERRUPTED,
        "interrupted",
        "the answers ended; nothing was written",
        "run vat init again, or use its options: vat init --help");
  }
}
