# SPDX-License-Identifier: MIT
_meanwhile() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local words=
    # --provider=demo comes as three words.
    if [ "$word" = = ]; then word=; fi
    if [ "$before" = = ]; then before=${COMP_WORDS[COMP_CWORD - 2]}; fi
    case $before in
    --output-format) words="text json stream-json" ;;
    --box) words="on off require" ;;
    --permission-mode) words="box ask edits auto plan" ;;
    --provider) words="anthropic openai demo" ;;
    -p | --print | --send | --model | --base-url | --resume | --max-turns) return ;;
    *)
        case $word in
        -*) words="--send --print --output-format --provider --model --base-url --permission-mode --box --continue --resume --no-wait --max-turns --help --version" ;;
        *)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -d -- "$word")
            return
            ;;
        esac
        ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}
complete -F _meanwhile meanwhile
