//! The program of a town: the server and its commands. It links no stand-in; the demo is a program of its own, in `demo/`.

fn main() -> anyhow::Result<()> {
    thuisloket::command::main()
}
