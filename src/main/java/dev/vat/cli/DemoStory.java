package dev.vat.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What happens in the demo. Each command is shown with its output, and must end as told: a demo
/// that goes wrong says so.
final class DemoStory {
  private static final String STAGING = "b63-flivideo/s3-staging/";

  private final DemoTeam team;
  private final Console console;

  DemoStory(DemoTeam team, Console console) {
    this.team = team;
    this.console = console;
  }

  void play() throws IOException {
    team.join("david");
    team.join("jan");
    share();
    answer();
    conflict();
    cleanup();
    archive();
    damage();
    unplugged();
  }

  private void share() throws IOException {
    scene("David has cut a first draft of b63-flivideo and shares it.");
    team.save("david", "draft.mp4", "b63-flivideo/recordings/take-1.mp4");
    team.save("david", "draft.mp4", STAGING + "draft.mp4");
    team.save("david", "transcript.txt", STAGING + "transcript.txt");
    run(ExitCode.DONE, "david", "up", "b63");
    run(ExitCode.DONE, "david", "status", "b63");
  }

  private void answer() throws IOException {
    scene("Jan, on another computer, gets it, and sends a voice-over back.");
    run(ExitCode.DONE, "jan", "down", "b63");
    team.save("jan", "voice.m4a", STAGING + "audio/voice.m4a");
    run(ExitCode.DONE, "jan", "up", "b63", "--dry-run");
    run(ExitCode.DONE, "jan", "up", "b63");
    scene("David sees that there is something new, and gets it.");
    run(ExitCode.DONE, "david", "status", "b63");
    run(ExitCode.DONE, "david", "down", "b63");
  }

  private void conflict() throws IOException {
    scene("Now both change the same file. Jan is faster; David's upload must not overwrite his.");
    team.save("jan", "draft-jan.mp4", STAGING + "draft.mp4");
    run(ExitCode.DONE, "jan", "up", "b63");
    team.save("david", "draft-david.mp4", STAGING + "draft.mp4");
    run(ExitCode.CONFLICT, "david", "up", "b63");
    scene("David decides to keep both: his version gets his name. Jan gets it.");
    run(ExitCode.DONE, "david", "up", "b63", "draft.mp4", "--keep", "both");
    run(ExitCode.DONE, "jan", "down", "b63");
    run(ExitCode.DONE, "jan", "status", "b63");
  }

  private void cleanup() throws IOException {
    scene("The video is done. David looks at what a cleanup would remove from S3, and does it.");
    run(ExitCode.DONE, "david", "cleanup", "b63", "--dry-run");
    run(ExitCode.DONE, "david", "cleanup", "b63", "--yes");
    scene("Jan sees that, and his next upload does not put everything back by mistake.");
    run(ExitCode.DONE, "jan", "status", "b63");
    run(ExitCode.DONE, "jan", "up", "b63");
  }

  private void archive() throws IOException {
    scene("Two videos are finished. David plugs in his SSD and looks what archiving would do.");
    team.plugIn("david");
    team.save("david", "draft.mp4", "b40-flight/final/flight.mp4");
    team.save("david", "transcript.txt", "b40-flight/transcript.txt");
    run(ExitCode.DONE, "david", "archive", "b40", "b63", "--dry-run");
    scene(
        "He does it. Each copy is read back from the drive; of b40 he keeps everything here too.");
    run(ExitCode.DONE, "david", "archive", "b40", "--keep-local");
    run(ExitCode.DONE, "david", "archive", "b63");
    run(ExitCode.DONE, "david", "list");
  }

  private void damage() throws IOException {
    scene("A file on the SSD goes bad, as files on disks do. Nobody sees it, until it is read.");
    team.damageOnDrive("b00-b49/b40-flight/final/flight.mp4");
    run(ExitCode.VERIFICATION_FAILED, "david", "verify", "b40");
    scene("There is a good copy here: it is put in the place of the damaged one, which is kept.");
    run(ExitCode.DONE, "david", "verify", "b40", "--repair");
    scene("Now it can be released here.");
    run(ExitCode.DONE, "david", "archive", "b40");
    run(ExitCode.DONE, "david", "manifest");
  }

  private void unplugged() throws IOException {
    scene("The SSD is in the drawer. In which project did he say that about mailing links?");
    team.unplug();
    run(ExitCode.DONE, "david", "find", "mail", "links");
    scene("What is there of b63, and what comes next?");
    run(ExitCode.DONE, "david", "show", "b63", "--limit", "3");
  }

  private void scene(String text) {
    console.line();
    console.line(console.style().strong("── " + text));
  }

  private void run(ExitCode expected, String user, String... arguments) {
    console.line();
    console.line(
        console
            .style()
            .strong(user + "$ vat " + Arrays.stream(arguments).collect(Collectors.joining(" "))));
    int exit = team.run(user, arguments);
    if (exit != expected.number()) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "demo_failed",
          "the demo did not go as it should: that command ended with "
              + exit
              + " instead of "
              + expected.number(),
          "please report this with the output above");
    }
  }
}
