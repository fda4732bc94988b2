package dev.vat.cli;

/// Where the demo plays: tells what happens, and shows each command with its output. Each must end
/// as told: a demo that goes wrong says so.
record DemoStage(DemoTeam team, Console console) {
  void scene(String text) {
    console.line();
    console.line(console.style().strong("── " + text));
  }

  void run(ExitCode expected, String user, String... arguments) {
    console.line();
    console.line(console.style().strong(user + "$ vat " + String.join(" ", arguments)));
    int exit = team.run(user, arguments);
    if (exit != expected.number()) {
      throw failed("that command ended with " + exit + " instead of " + expected.number());
    }
  }

  static CommandFailure failed(String why) {
    return new CommandFailure(
        ExitCode.FAILED,
        "demo_failed",
        "the demo did not go as it should: " + why,
        "please report this with the output above");
  }
}
