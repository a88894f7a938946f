<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en">
<context>
    <name>ConversationState</name>
    <message>
        <source>1 task</source>
        <translation>작업 1개</translation>
    </message>
    <message numerus="yes">
        <source>%n tasks</source>
        <translation>
            <numerusform>작업 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Working… Your message will be sent with the next step.</source>
        <translation>작업 중… 메시지는 다음 단계와 함께 보냅니다.</translation>
    </message>
    <message>
        <source>Message Meanwhile. It is waiting for %1.</source>
        <translation>Meanwhile에 메시지를 쓰세요. %1를 기다리고 있습니다.</translation>
    </message>
    <message>
        <source>Message Meanwhile</source>
        <translation>Meanwhile에 메시지 쓰기</translation>
    </message>
    <message>
        <source>1 task running</source>
        <translation>작업 1개 실행 중</translation>
    </message>
    <message numerus="yes">
        <source>%n tasks running</source>
        <translation>
            <numerusform>작업 %n개 실행 중</numerusform>
        </translation>
    </message>
    <message>
        <source>Waiting for your answer</source>
        <translation>답변을 기다리는 중</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>작업 중</translation>
    </message>
    <message>
        <source>Waiting for %1</source>
        <translation>%1를 기다리는 중</translation>
    </message>
    <message>
        <source>Retrying… Your message will be sent with the next attempt.</source>
        <translation>다시 시도하는 중… 메시지는 다음 시도와 함께 보냅니다.</translation>
    </message>
    <message>
        <source>Waiting to try again</source>
        <translation>다시 시도하려고 기다리는 중</translation>
    </message>
    <message>
        <source>Turn %1   Session %2</source>
        <translation>이번 턴 %1   세션 %2</translation>
    </message>
    <message>
        <source>Copying the project&apos;s files, %1 of %2</source>
        <translation>프로젝트 파일 복사 중, %2개 중 %1개</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>중지됨</translation>
    </message>
    <message>
        <source>Session %1</source>
        <translation>세션 %1</translation>
    </message>
</context>
<context>
    <name>DroppedItems</name>
    <message>
        <source>“%1” is not a file on this computer. Save it here first, then drop the saved file.</source>
        <translation>“%1”은(는) 이 컴퓨터의 파일이 아닙니다. 먼저 저장한 다음 저장한 파일을 놓으세요.</translation>
    </message>
    <message>
        <source>“%1” is not there any more. Drop it again from where it is now.</source>
        <translation>“%1”이(가) 더 이상 그곳에 없습니다. 지금 있는 곳에서 다시 놓으세요.</translation>
    </message>
    <message>
        <source>You do not have permission to read the folder “%1”. Change its permissions, or drop another one.</source>
        <translation>폴더 “%1”을(를) 읽을 권한이 없습니다. 권한을 바꾸거나 다른 폴더를 놓으세요.</translation>
    </message>
</context>
<context>
    <name>KeyStore</name>
    <message>
        <source>The keychain does not answer. Unlock it and try again.</source>
        <translation>키체인이 응답하지 않습니다. 잠금을 푼 뒤 다시 시도하세요.</translation>
    </message>
</context>
<context>
    <name>KeychainStore</name>
    <message>
        <source>The keychain refused.</source>
        <translation>키체인이 거부했습니다.</translation>
    </message>
</context>
<context>
    <name>LogTail</name>
    <message>
        <source>[… %1 left out …]</source>
        <translation>[… %1 생략 …]</translation>
    </message>
</context>
<context>
    <name>Meanwhile</name>
    <message>
        <source>“%1” is not a header. Write one on each line, as Name: value.</source>
        <translation>“%1”은(는) 헤더가 아닙니다. 한 줄에 하나씩 이름: 값 형식으로 쓰세요.</translation>
    </message>
    <message>
        <source>“%1” is set by Meanwhile itself. Take that line out.</source>
        <translation>“%1”은(는) Meanwhile이 직접 정합니다. 그 줄을 지우세요.</translation>
    </message>
    <message>
        <source>“%1” looks like a secret, and headers are kept in the settings. Write {key} for its value and enter the secret as the key.</source>
        <translation>“%1”은(는) 비밀 값으로 보이는데, 헤더는 설정에 저장됩니다. 값 자리에 {key}를 쓰고 비밀 값은 키로 입력하세요.</translation>
    </message>
    <message>
        <source>Give the provider a name.</source>
        <translation>제공자의 이름을 정하세요.</translation>
    </message>
    <message>
        <source>Another provider is named “%1”. Choose a different name.</source>
        <translation>“%1”(이)라는 제공자가 이미 있습니다. 다른 이름을 고르세요.</translation>
    </message>
    <message>
        <source>Enter the provider&apos;s address, such as https://host/v1.</source>
        <translation>제공자의 주소를 https://host/v1처럼 입력하세요.</translation>
    </message>
    <message>
        <source>The address must look like https://host/path.</source>
        <translation>주소는 https://host/path 형식이어야 합니다.</translation>
    </message>
    <message>
        <source>Nothing can be kept, as %1 cannot be written (%2): this conversation is lost at the end. Set MEANWHILE_HOME to a folder that you can write to, and start again.</source>
        <translation>%1에 쓸 수 없어(%2) 아무것도 저장할 수 없습니다. 이 대화는 끝나면 사라집니다. MEANWHILE_HOME을 쓸 수 있는 폴더로 지정하고 다시 시작하세요.</translation>
    </message>
    <message>
        <source>The folder %1 belongs to another user, who could read and change what is kept there. Set MEANWHILE_HOME to a folder of your own.</source>
        <translation>폴더 %1은(는) 다른 사용자의 것이어서 그 사용자가 저장된 내용을 읽고 바꿀 수 있습니다. MEANWHILE_HOME을 자신의 폴더로 지정하세요.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Agent</name>
    <message>
        <source>The conversation does not fit this model any more, even without older tool outputs. Choose a model with a larger context window in Settings and try again, or start a new conversation.</source>
        <translation>오래된 도구 출력을 빼도 이 대화는 더 이상 이 모델에 들어가지 않습니다. 설정에서 컨텍스트 창이 더 큰 모델을 골라 다시 시도하거나 새 대화를 시작하세요.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Agent::Compactor</name>
    <message>
        <source>The model gave no summary of the conversation. Try again, or choose another model.</source>
        <translation>모델이 대화의 요약을 주지 않았습니다. 다시 시도하거나 다른 모델을 고르세요.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::App</name>
    <message>
        <source>No window: run one prompt and print the answer (&quot;-&quot; reads standard input).</source>
        <translation>창 없이 요청 하나를 실행하고 답을 출력합니다(&quot;-&quot;는 표준 입력을 읽음).</translation>
    </message>
    <message>
        <source>With -p: text, json or stream-json.</source>
        <translation>-p와 함께: text, json 또는 stream-json.</translation>
    </message>
    <message>
        <source>anthropic, openai, demo, or one of your own by its name in Settings; by default what has a key, else demo.</source>
        <translation>anthropic, openai, demo 또는 설정에서 붙인 이름의 제공자. 기본값은 키가 있는 것, 없으면 demo.</translation>
    </message>
    <message>
        <source>The model&apos;s id, as the provider names it.</source>
        <translation>제공자가 쓰는 모델 ID.</translation>
    </message>
    <message>
        <source>Another address for the provider.</source>
        <translation>제공자의 다른 주소.</translation>
    </message>
    <message>
        <source>box, ask, edits, auto or plan. With -p, what would ask is refused.</source>
        <translation>box, ask, edits, auto 또는 plan. -p에서는 물어볼 일이면 거부합니다.</translation>
    </message>
    <message>
        <source>With -p: end with the turn, also while tasks still run.</source>
        <translation>-p와 함께: 작업이 아직 실행 중이어도 턴이 끝나면 종료합니다.</translation>
    </message>
    <message>
        <source>With -p: at most so many requests to the model.</source>
        <translation>-p와 함께: 모델에 보낼 최대 요청 수.</translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation>이 도움말을 표시합니다.</translation>
    </message>
    <message>
        <source>Show the version.</source>
        <translation>버전을 표시합니다.</translation>
    </message>
    <message>
        <source>The project folder; by default the current one with -p.</source>
        <translation>프로젝트 폴더. -p에서는 기본값이 현재 폴더입니다.</translation>
    </message>
    <message>
        <source>See meanwhile --help.</source>
        <translation>meanwhile --help를 보세요.</translation>
    </message>
    <message>
        <source>%1 could not be started. Please reinstall Meanwhile.</source>
        <translation>%1을(를) 시작할 수 없습니다. Meanwhile을 다시 설치하세요.</translation>
    </message>
    <message>
        <source>The folder %1 does not exist. Choose another one.</source>
        <translation>폴더 %1이(가) 없습니다. 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>%1 is not a folder. Choose the folder it is in.</source>
        <translation>%1은(는) 폴더가 아닙니다. 그것이 들어 있는 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be read. Change its permissions or choose another one.</source>
        <translation>폴더 %1을(를) 읽을 수 없습니다. 권한을 바꾸거나 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>%1 Retrying in %3 s (attempt %2).</source>
        <translation>%1 %3초 뒤에 다시 시도합니다(%2번째).</translation>
    </message>
    <message>
        <source>There is no provider “%1”. These exist: %2.</source>
        <translation>제공자 “%1”은(는) 없습니다. 사용할 수 있는 제공자: %2.</translation>
    </message>
    <message>
        <source>%1 is a place where keys, passwords or Meanwhile&apos;s own files are kept. The agent asks before it reads or changes anything there.</source>
        <translation>%1은(는) 키, 암호 또는 Meanwhile 자체 파일이 보관되는 곳입니다. 에이전트는 그곳에서 무엇을 읽거나 바꾸기 전에 묻습니다.</translation>
    </message>
    <message>
        <source>%1 holds more than a project: keys, passwords or Meanwhile&apos;s own files are in it. The agent asks before it touches those. Better open the folder of the project itself.</source>
        <translation>%1에는 프로젝트 외에도 키, 암호 또는 Meanwhile 자체 파일이 들어 있습니다. 에이전트는 그것들을 건드리기 전에 묻습니다. 프로젝트 폴더 자체를 여는 편이 좋습니다.</translation>
    </message>
    <message>
        <source>The project folder %1 was moved, replaced or removed. Nothing is read, written or run there until it is back or you open it again.</source>
        <translation>프로젝트 폴더 %1이(가) 옮겨지거나 바뀌거나 삭제되었습니다. 폴더가 돌아오거나 다시 열기 전에는 그곳에서 아무것도 읽거나 쓰거나 실행하지 않습니다.</translation>
    </message>
    <message>
        <source>The variable %1 has a line break or another invisible character in it and is not used. Set it again, without that character.</source>
        <translation>변수 %1에 줄바꿈이나 보이지 않는 문자가 있어 사용하지 않습니다. 그 문자 없이 다시 설정하세요.</translation>
    </message>
    <message>
        <source>Not everything was saved. %1 Closing the window again gives up what is not.</source>
        <translation>모두 저장되지는 않았습니다. %1 창을 다시 닫으면 저장되지 않은 것은 사라집니다.</translation>
    </message>
    <message>
        <source>The folder %1 has a name that is not UTF-8, so it cannot be opened. Rename it, or open it through a symbolic link that has another name.</source>
        <translation>폴더 %1의 이름이 UTF-8이 아니어서 열 수 없습니다. 이름을 바꾸거나 다른 이름의 심볼릭 링크로 여세요.</translation>
    </message>
    <message>
        <source>%1 has a NUL character in it, which no folder has. Choose another one.</source>
        <translation>%1에 폴더 이름에 쓸 수 없는 NUL 문자가 있습니다. 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>%1 is not the address of a folder on this computer. Give the folder&apos;s path.</source>
        <translation>%1은(는) 이 컴퓨터에 있는 폴더의 주소가 아닙니다. 폴더의 경로를 입력하세요.</translation>
    </message>
    <message>
        <source>%1 is longer than the name of a folder can be. Choose another one.</source>
        <translation>%1은(는) 폴더 이름으로 쓰기에 너무 깁니다. 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>The answer could not be written to standard output: %1.</source>
        <translation>답변을 표준 출력에 쓰지 못했습니다: %1.</translation>
    </message>
    <message>
        <source>The current folder was removed. Go to the project&apos;s folder, then start Meanwhile again.</source>
        <translation>현재 폴더가 삭제되었습니다. 프로젝트 폴더로 이동한 다음 Meanwhile을 다시 시작하세요.</translation>
    </message>
    <message>
        <source>Open the window and send this at once. Without FOLDER it is put into the message field of the last session.</source>
        <translation>창을 열고 바로 보냅니다. FOLDER가 없으면 마지막 세션의 메시지 입력란에 넣습니다.</translation>
    </message>
    <message>
        <source>--%1 is given more than once.</source>
        <translation>--%1이(가) 두 번 이상 주어졌습니다.</translation>
    </message>
    <message>
        <source>Give either --continue or --resume.</source>
        <translation>--continue와 --resume 중 하나만 주세요.</translation>
    </message>
    <message>
        <source>--%1 is for a run without a window; give -p as well.</source>
        <translation>--%1은(는) 창 없이 실행할 때 쓰입니다. -p도 함께 주세요.</translation>
    </message>
    <message>
        <source>--send opens a window and -p opens none; give one of them.</source>
        <translation>--send는 창을 열고 -p는 열지 않습니다. 둘 중 하나만 주세요.</translation>
    </message>
    <message>
        <source>Continue the newest session of this folder.</source>
        <translation>이 폴더의 가장 최근 세션을 이어 갑니다.</translation>
    </message>
    <message>
        <source>Continue this session.</source>
        <translation>이 세션을 이어 갑니다.</translation>
    </message>
    <message>
        <source>--resume needs the id of a session.</source>
        <translation>--resume에는 세션 ID가 필요합니다.</translation>
    </message>
    <message>
        <source>With -p: on, off or require. Off: commands run with all that you may do. Require: nothing runs where no box can be built.</source>
        <translation>-p와 함께: on, off 또는 require. off: 명령이 사용자가 할 수 있는 모든 일을 할 수 있습니다. require: 상자를 만들 수 없으면 아무것도 실행하지 않습니다.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::App::CommandLine</name>
    <message>
        <source>Only one folder can be opened, but these were given: %1.</source>
        <translation>폴더는 하나만 열 수 있는데 여러 개를 지정했습니다: %1.</translation>
    </message>
    <message>
        <source>There is no output format “%1”; text, json and stream-json exist.</source>
        <translation>출력 형식 “%1”은(는) 없습니다. text, json, stream-json이 있습니다.</translation>
    </message>
    <message>
        <source>There is no permission mode “%1”; box, ask, edits, auto and plan exist.</source>
        <translation>권한 모드 “%1”은(는) 없습니다. box, ask, edits, auto, plan이 있습니다.</translation>
    </message>
    <message>
        <source>--max-turns takes a whole number from 1, not “%1”.</source>
        <translation>--max-turns에는 1 이상의 정수를 쓰세요. “%1”은(는) 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>Meanwhile, a coding agent that keeps working while its commands run.</source>
        <translation>Meanwhile, 명령이 실행되는 동안에도 계속 일하는 코딩 에이전트.</translation>
    </message>
    <message>
        <source>The name of the folder is empty. Leave it out for the current folder.</source>
        <translation>폴더 이름이 비어 있습니다. 현재 폴더를 쓰려면 생략하세요.</translation>
    </message>
    <message>
        <source>--box takes on, off or require, not “%1”.</source>
        <translation>--box에는 on, off, require만 쓸 수 있으며 “%1”은(는) 쓸 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::App::HeadlessRun</name>
    <message>
        <source>There is nothing to send: the prompt is empty. Write it after -p, or give &quot;-&quot; and standard input.</source>
        <translation>보낼 내용이 없습니다. -p 뒤에 요청을 쓰거나 &quot;-&quot;와 표준 입력을 쓰세요.</translation>
    </message>
    <message>
        <source>Settings were changed outside Meanwhile and are not in use: %1. Open the window to use them or to put them back.</source>
        <translation>설정이 Meanwhile 밖에서 바뀌어 적용되지 않습니다: %1. 창을 열어 사용하거나 되돌리세요.</translation>
    </message>
    <message>
        <source>The folder of this session, %1, is not there or cannot be read. Name the folder where the project is now: meanwhile -p --resume %2 FOLDER</source>
        <translation>이 세션의 폴더 %1이(가) 없거나 읽을 수 없습니다. 프로젝트가 지금 있는 폴더를 지정하세요: meanwhile -p --resume %2 폴더</translation>
    </message>
    <message>
        <source>The agent has reached its hourly limit of wake-ups, and results still wait for it. Continue with --continue.</source>
        <translation>에이전트가 시간당 깨우기 한도에 도달했고 아직 결과가 기다립니다. --continue로 계속하세요.</translation>
    </message>
    <message>
        <source>Not all of this conversation was saved.</source>
        <translation>이 대화가 모두 저장되지는 않았습니다.</translation>
    </message>
    <message>
        <source>A stored key is not used by a Meanwhile that a command of Meanwhile&apos;s started. Set the key&apos;s variable for that command, or start it from outside.</source>
        <translation>Meanwhile의 명령이 시작한 Meanwhile은 저장된 키를 쓰지 않습니다. 그 명령에 키 변수를 설정하거나 밖에서 시작하세요.</translation>
    </message>
    <message>
        <source>Commands cannot be kept in a box here: %1</source>
        <translation>여기서는 명령을 상자 안에서 실행할 수 없습니다: %1</translation>
    </message>
</context>
<context>
    <name>Meanwhile::App::WindowProgram</name>
    <message>
        <source>Demo (offline)</source>
        <translation>데모 (오프라인)</translation>
    </message>
    <message>
        <source>Settings were changed outside Meanwhile: %1. They are not in use yet.</source>
        <translation>설정이 Meanwhile 밖에서 바뀌었습니다: %1. 아직 적용되지 않습니다.</translation>
    </message>
    <message>
        <source>Use Them</source>
        <translation>사용</translation>
    </message>
    <message>
        <source>Put Back</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>The window that is open takes no requests from a command that Meanwhile runs. Start it from outside.</source>
        <translation>열려 있는 창은 Meanwhile이 실행하는 명령의 요청을 받지 않습니다. 밖에서 시작하세요.</translation>
    </message>
    <message>
        <source>Meanwhile is already open, so %1 has no effect. Choose it in the window, or quit Meanwhile first.</source>
        <translation>Meanwhile이 이미 열려 있어 %1은(는) 적용되지 않습니다. 창에서 선택하거나 먼저 Meanwhile을 종료하세요.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::App::WindowSessions</name>
    <message>
        <source>There is no message here yet to start a session from.</source>
        <translation>새 세션을 시작할 메시지가 아직 없습니다.</translation>
    </message>
    <message>
        <source>The folder %1 is missing. You can read this session; to continue it, choose where its project is now.</source>
        <translation>폴더 %1이(가) 없습니다. 이 세션을 읽을 수 있으며, 계속하려면 프로젝트가 지금 있는 곳을 선택하세요.</translation>
    </message>
    <message>
        <source>Stop this project&apos;s sessions before choosing its new location.</source>
        <translation>새 위치를 선택하기 전에 이 프로젝트의 세션을 중지하세요.</translation>
    </message>
    <message>
        <source>A task or an answer of this session is still running. Stop it there first, then delete the session.</source>
        <translation>이 세션의 작업이나 답변이 아직 진행 중입니다. 그 세션에서 먼저 중지한 다음 세션을 삭제하세요.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Checkpoints</name>
    <message>
        <source>The copy of the files could not be saved, because the disk is full. Free some space, then try again.</source>
        <translation>디스크가 가득 차서 파일을 보관할 수 없습니다. 공간을 확보한 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>This copy of the files is no longer kept. Choose a newer one.</source>
        <translation>이때의 파일은 더 이상 보관되지 않습니다. 더 최근 것을 고르세요.</translation>
    </message>
    <message>
        <source>Copies of files need the module libmw_git, which is missing. Please reinstall Meanwhile.</source>
        <translation>파일을 보관하려면 libmw_git 모듈이 필요한데 없습니다. 프로그램을 다시 설치하세요.</translation>
    </message>
    <message>
        <source>The folder for copies of files could not be used: %1. Check the disk and the permissions there, then try again.</source>
        <translation>파일을 보관하는 폴더를 사용할 수 없습니다: %1. 디스크와 권한을 확인한 뒤 다시 시도하세요.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Checkpoints::SessionCheckpoints</name>
    <message>
        <source>No copy of the files was made before this message: reading them took too long.</source>
        <translation>이 메시지 전의 파일을 보관하지 못했습니다. 읽는 데 시간이 너무 오래 걸렸습니다.</translation>
    </message>
    <message>
        <source>No copy of the files as they were then is kept.</source>
        <translation>그때의 파일은 보관되어 있지 않습니다.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Checkpoints::Restoration</name>
    <message>
        <source>Stopped before all files were restored.</source>
        <translation>모든 파일을 복원하기 전에 멈췄습니다.</translation>
    </message>
    <message>
        <source>It has just changed, so it was left alone.</source>
        <translation>방금 바뀌어서 그대로 두었습니다.</translation>
    </message>
    <message>
        <source>The disk is full. Free some space, then restore again.</source>
        <translation>디스크가 가득 찼습니다. 공간을 확보한 뒤 다시 복원하세요.</translation>
    </message>
    <message>
        <source>Permission denied. Change the permissions, then restore again.</source>
        <translation>권한이 없습니다. 권한을 바꾼 뒤 다시 복원하세요.</translation>
    </message>
    <message>
        <source>It could not be restored: %1</source>
        <translation>복원할 수 없습니다: %1</translation>
    </message>
    <message>
        <source>A folder with files that no copy holds is there, so it was left alone.</source>
        <translation>보관되지 않은 파일이 든 폴더가 있어 그대로 두었습니다.</translation>
    </message>
    <message>
        <source>It could not be kept as it is now, so it was left alone. Move it away, then restore again.</source>
        <translation>지금 상태를 보관할 수 없어 그대로 두었습니다. 다른 곳으로 옮긴 뒤 다시 복원하세요.</translation>
    </message>
    <message>
        <source>Something that was not chosen is in its place, so it was left alone.</source>
        <translation>선택하지 않은 항목이 그 자리에 있어 그대로 두었습니다.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Conversation</name>
    <message>
        <source>Image (%1, %2)</source>
        <translation>이미지 (%1, %2)</translation>
    </message>
    <message>
        <source>Image %1 (%2, %3)</source>
        <translation>이미지 %1 (%2, %3)</translation>
    </message>
    <message>
        <source>It failed:</source>
        <translation>실패했습니다:</translation>
    </message>
    <message>
        <source>Nothing came back</source>
        <translation>돌아온 것이 없습니다</translation>
    </message>
    <message>
        <source>No result</source>
        <translation>결과 없음</translation>
    </message>
    <message>
        <source>From here on the model is not sent something that the provider refused</source>
        <translation>여기부터는 제공자가 거절한 부분을 모델에 보내지 않습니다</translation>
    </message>
    <message>
        <source>From here on the model is not sent what tools answered earlier</source>
        <translation>여기부터는 도구가 앞서 답한 내용을 모델에 보내지 않습니다</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>세션</translation>
    </message>
    <message>
        <source>Project: %1</source>
        <translation>프로젝트: %1</translation>
    </message>
    <message>
        <source>A restore was undone; files: %1</source>
        <translation>복원을 취소했습니다. 파일: %1</translation>
    </message>
    <message>
        <source>Files were restored to how they were before an earlier message; files: %1</source>
        <translation>파일을 이전 메시지 전의 상태로 복원했습니다. 파일: %1</translation>
    </message>
    <message>
        <source>From here on the model is not sent long arguments and long messages that came earlier</source>
        <translation>여기부터 이전의 긴 인수와 긴 메시지는 모델에 보내지 않습니다</translation>
    </message>
    <message>
        <source>1 result sent to the model</source>
        <translation>결과 1개를 모델에 보냄</translation>
    </message>
    <message>
        <source>%1 results sent to the model</source>
        <translation>결과 %1개를 모델에 보냄</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Conversation::Ending</name>
    <message>
        <source>The model declined to go on with this request.</source>
        <translation>모델이 이 요청을 계속하기를 거절했습니다.</translation>
    </message>
    <message>
        <source>The provider&apos;s filter ended the answer (%1). Word the request in another way, or choose another model.</source>
        <translation>제공자의 필터가 답변을 끝냈습니다(%1). 요청을 다르게 표현하거나 다른 모델을 선택하세요.</translation>
    </message>
    <message>
        <source>The reply hit the length limit before it said anything.</source>
        <translation>답변이 아무 말도 하기 전에 길이 한도에 이르렀습니다.</translation>
    </message>
    <message>
        <source>The reply hit the length limit.</source>
        <translation>답변이 길이 한도에 이르렀습니다.</translation>
    </message>
    <message>
        <source>The server ended the answer at a stop sequence, so it may be incomplete.</source>
        <translation>서버가 중지 시퀀스에서 답변을 끝내어 불완전할 수 있습니다.</translation>
    </message>
    <message>
        <source>The answer ended without saying why, so it may be incomplete.</source>
        <translation>답변이 이유를 밝히지 않고 끝나 불완전할 수 있습니다.</translation>
    </message>
    <message>
        <source>The answer ended for a reason that is not known here (%1), so it may be incomplete.</source>
        <translation>답변이 여기서 알 수 없는 이유(%1)로 끝나 불완전할 수 있습니다.</translation>
    </message>
    <message>
        <source>The model meant to call a tool, but its answer holds no call. Try again; where that does not help, the server does not read this model&apos;s calls.</source>
        <translation>모델이 도구를 호출하려 했지만 답변에 호출이 없습니다. 다시 시도하세요. 그래도 안 되면 서버가 이 모델의 호출을 읽지 못하는 것입니다.</translation>
    </message>
    <message>
        <source>The answer was empty: the model said nothing and called no tool. Try again, or choose another model.</source>
        <translation>답변이 비어 있습니다. 모델이 아무 말도 하지 않았고 도구도 호출하지 않았습니다. 다시 시도하거나 다른 모델을 선택하세요.</translation>
    </message>
    <message>
        <source>The model wrote a call of a tool as text, so nothing was run: the server&apos;s tool parser is off, or does not know this model. Start the server with it (llama.cpp: --jinja; vLLM: --enable-auto-tool-choice and --tool-call-parser; SGLang: --tool-call-parser), update it, or choose another model.</source>
        <translation>모델이 도구 호출을 글로 적어 아무것도 실행되지 않았습니다. 서버의 도구 파서가 꺼져 있거나 이 모델을 모릅니다. 파서를 켜고 서버를 시작하거나(llama.cpp: --jinja, vLLM: --enable-auto-tool-choice 및 --tool-call-parser, SGLang: --tool-call-parser), 서버를 업데이트하거나, 다른 모델을 선택하세요.</translation>
    </message>
    <message>
        <source>The model&apos;s reasoning stands in its answer: the server&apos;s reasoning parser is off, or does not know this model (llama.cpp: --reasoning-format auto; vLLM and SGLang: --reasoning-parser).</source>
        <translation>모델의 추론이 답변에 들어 있습니다. 서버의 추론 파서가 꺼져 있거나 이 모델을 모릅니다(llama.cpp: --reasoning-format auto, vLLM 및 SGLang: --reasoning-parser).</translation>
    </message>
    <message>
        <source>Stopped: the request limit for this turn was reached.</source>
        <translation>중지됨: 이 턴의 요청 한도에 이르렀습니다.</translation>
    </message>
    <message>
        <source>The turn ended: %1 answers in a row got nothing done. Say what to do differently, or let it go on.</source>
        <translation>턴이 끝났습니다. 답변 %1개가 연달아 아무것도 해내지 못했습니다. 다르게 할 일을 알려 주거나 계속하게 하세요.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Conversation::MarkdownText</name>
    <message>
        <source>Thinking</source>
        <translation>생각</translation>
    </message>
    <message>
        <source>Something that only the provider can read (%1)</source>
        <translation>제공자만 읽을 수 있는 부분 (%1)</translation>
    </message>
    <message>
        <source>From here on the model has this summary of what came before</source>
        <translation>여기부터 모델은 앞의 내용을 이 요약으로 가지고 있습니다</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>You</source>
        <translation>나</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Stopped here</source>
        <translation>여기서 중지됨</translation>
    </message>
    <message>
        <source>The connection broke here; the model has not seen this part</source>
        <translation>여기서 연결이 끊겼습니다. 모델은 이 부분을 보지 못했습니다</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>중지됨</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Keys</name>
    <message>
        <source>This provider&apos;s key cannot be stored.</source>
        <translation>이 제공자의 키는 저장할 수 없습니다.</translation>
    </message>
    <message>
        <source>The key could not be written to %1. Check the folder and the free space.</source>
        <translation>키를 %1에 쓸 수 없습니다. 폴더와 남은 공간을 확인하세요.</translation>
    </message>
    <message>
        <source>The key in %1 could not be removed. Delete that file by hand.</source>
        <translation>%1의 키를 지울 수 없습니다. 그 파일을 직접 삭제하세요.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Llm</name>
    <message>
        <source>The provider said: %1</source>
        <translation>제공자의 메시지: %1</translation>
    </message>
    <message>
        <source>The key was rejected. Enter another key in Settings.</source>
        <translation>키가 거부되었습니다. 설정에서 다른 키를 입력하세요.</translation>
    </message>
    <message>
        <source>The provider does not know the model “%1” at this address. Choose another model or check the address in Settings.</source>
        <translation>이 주소의 제공자는 모델 “%1”을(를) 알지 못합니다. 다른 모델을 고르거나 설정에서 주소를 확인하세요.</translation>
    </message>
    <message>
        <source>The provider&apos;s limit for this key is reached. Wait a moment, then try again.</source>
        <translation>이 키에 대한 제공자의 한도에 도달했습니다. 잠시 기다렸다가 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The provider is overloaded. Wait a moment, then try again.</source>
        <translation>제공자가 과부하 상태입니다. 잠시 기다렸다가 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The address answers with a redirect, which is not followed so that the key stays where it belongs. Put the final address into Settings.</source>
        <translation>이 주소는 다른 주소로 넘깁니다. 키가 다른 곳으로 가지 않도록 따라가지 않았습니다. 설정에 최종 주소를 넣으세요.</translation>
    </message>
    <message>
        <source>The provider reported a server error (HTTP %1). Try again in a moment.</source>
        <translation>제공자가 서버 오류를 알렸습니다(HTTP %1). 잠시 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The provider refused the request (HTTP %1).</source>
        <translation>제공자가 요청을 거부했습니다(HTTP %1).</translation>
    </message>
    <message>
        <source>The provider ended the answer with an error. Try again in a moment.</source>
        <translation>제공자가 오류와 함께 답을 끝냈습니다. 잠시 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The answer broke off before its end. Try again.</source>
        <translation>답이 끝나기 전에 끊어졌습니다. 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The provider ended the connection without an answer. Try again.</source>
        <translation>제공자가 답 없이 연결을 끊었습니다. 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The provider sent an answer that is too large to read. Try again.</source>
        <translation>제공자가 너무 큰 답을 보냈습니다. 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The provider sent an answer that cannot be read. Try again.</source>
        <translation>제공자가 읽을 수 없는 답을 보냈습니다. 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The address answered with something that is not a model&apos;s answer, perhaps a web page. Check the address in Settings.</source>
        <translation>이 주소의 답은 모델의 답이 아닙니다. 웹 페이지일 수 있습니다. 설정에서 주소를 확인하세요.</translation>
    </message>
    <message>
        <source>There is no key for %1 yet. Add one in Settings, or set %2 before the start.</source>
        <translation>아직 %1 키가 없습니다. 설정에서 추가하거나 시작하기 전에 %2을(를) 지정하세요.</translation>
    </message>
    <message>
        <source>No model is chosen yet. Choose one in Settings, or name it with --model at the start.</source>
        <translation>아직 선택한 모델이 없습니다. 설정에서 고르거나 시작할 때 --model로 지정하세요.</translation>
    </message>
    <message>
        <source>The credit or quota of your account at the provider is used up. Add credit or raise the limit there, or choose another provider in Settings; then try again.</source>
        <translation>제공자 계정의 크레딧이나 할당량을 모두 썼습니다. 그곳에서 크레딧을 추가하거나 한도를 올리거나, 설정에서 다른 제공자를 선택한 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The request does not fit this model, or is more than the provider takes at once. Choose a model with a larger context window in Settings, or start a new conversation.</source>
        <translation>요청이 이 모델에 맞지 않거나 제공자가 한 번에 받는 양보다 큽니다. 설정에서 컨텍스트 창이 더 큰 모델을 선택하거나 새 대화를 시작하세요.</translation>
    </message>
    <message>
        <source>The address did not answer with a list of models. Check the address.</source>
        <translation>이 주소가 모델 목록으로 응답하지 않았습니다. 주소를 확인하세요.</translation>
    </message>
    <message>
        <source>The key was rejected. Enter another key.</source>
        <translation>키가 거부되었습니다. 다른 키를 입력하세요.</translation>
    </message>
    <message>
        <source>No model API was found at this address. Check the address.</source>
        <translation>이 주소에서 모델 API를 찾지 못했습니다. 주소를 확인하세요.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Models</name>
    <message>
        <source>stopped</source>
        <translation>중지됨</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Stopped by you.</source>
        <translation>직접 중지했습니다.</translation>
    </message>
    <message>
        <source>Stopped by the model.</source>
        <translation>모델이 중지했습니다.</translation>
    </message>
    <message>
        <source>Stopped when Meanwhile was closed.</source>
        <translation>Meanwhile을 닫을 때 중지했습니다.</translation>
    </message>
    <message>
        <source>Queued: the limit of running tasks is reached.</source>
        <translation>대기 중: 동시에 실행할 수 있는 작업 수에 도달했습니다.</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>시작하는 중</translation>
    </message>
    <message>
        <source>Running. The agent is waiting for it.</source>
        <translation>실행 중이며 에이전트가 기다립니다.</translation>
    </message>
    <message>
        <source>Ended with exit code 0.</source>
        <translation>종료 코드 0으로 끝났습니다.</translation>
    </message>
    <message>
        <source>Ended with exit code %1.</source>
        <translation>종료 코드 %1(으)로 끝났습니다.</translation>
    </message>
    <message>
        <source>Ended by signal %1.</source>
        <translation>시그널 %1(으)로 끝났습니다.</translation>
    </message>
    <message>
        <source>Stopped because its time limit was reached.</source>
        <translation>시간 제한에 도달해 중지했습니다.</translation>
    </message>
    <message>
        <source>Could not be started.</source>
        <translation>시작할 수 없었습니다.</translation>
    </message>
    <message>
        <source>Lost: Meanwhile could not see how it ended.</source>
        <translation>알 수 없음: Meanwhile이 어떻게 끝났는지 확인하지 못했습니다.</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>호출</translation>
    </message>
    <message>
        <source>Calling</source>
        <translation>호출 중</translation>
    </message>
    <message>
        <source>Called</source>
        <translation>호출함</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>Task %1</source>
        <translation>작업 %1</translation>
    </message>
    <message>
        <source>all tasks</source>
        <translation>모든 작업</translation>
    </message>
    <message>
        <source>waiting for approval</source>
        <translation>승인 대기</translation>
    </message>
    <message>
        <source>denied</source>
        <translation>거부됨</translation>
    </message>
    <message>
        <source>You: %1</source>
        <translation>나: %1</translation>
    </message>
    <message>
        <source>You, waiting for the next request: %1</source>
        <translation>나, 다음 요청을 기다림: %1</translation>
    </message>
    <message>
        <source>Thinking: %1</source>
        <translation>생각: %1</translation>
    </message>
    <message>
        <source>Error: %1</source>
        <translation>오류: %1</translation>
    </message>
    <message>
        <source>(with 1 image)</source>
        <translation>(이미지 1개 포함)</translation>
    </message>
    <message>
        <source>(with %1 images)</source>
        <translation>(이미지 %1개 포함)</translation>
    </message>
    <message>
        <source>1 file changed while it ran</source>
        <translation>실행 중에 파일 1개가 바뀌었습니다</translation>
    </message>
    <message>
        <source>%1 files changed while it ran</source>
        <translation>실행 중에 파일 %1개가 바뀌었습니다</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>외 %1개</translation>
    </message>
    <message>
        <source>Ended by a signal from outside, e.g. at a shutdown or a logout.</source>
        <translation>시스템 종료나 로그아웃 등 외부 신호로 끝났습니다.</translation>
    </message>
    <message>
        <source>Serves on port %1.</source>
        <translation>포트 %1에서 서비스 중입니다.</translation>
    </message>
    <message>
        <source>Running in the background.</source>
        <translation>백그라운드에서 실행 중입니다.</translation>
    </message>
    <message>
        <source>not run</source>
        <translation>실행 안 함</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>중단됨</translation>
    </message>
    <message>
        <source>You, held until you send it: %1</source>
        <translation>나, 보낼 때까지 보류됨: %1</translation>
    </message>
    <message>
        <source>not a task of this session</source>
        <translation>이 세션의 작업이 아님</translation>
    </message>
    <message>
        <source>Purpose: %1</source>
        <translation>목적: %1</translation>
    </message>
    <message>
        <source>outside</source>
        <translation>밖에서</translation>
    </message>
    <message>
        <source>Ran outside the box</source>
        <translation>상자 밖에서 실행됨</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Models::SessionListModel</name>
    <message>
        <source>New session</source>
        <translation>새 세션</translation>
    </message>
    <message>
        <source>1 result waits for you</source>
        <translation>결과 1개가 기다리고 있음</translation>
    </message>
    <message>
        <source>%1 results wait for you</source>
        <translation>결과 %1개가 기다리고 있음</translation>
    </message>
    <message>
        <source>tasks running</source>
        <translation>작업 실행 중</translation>
    </message>
    <message>
        <source>working</source>
        <translation>일하는 중</translation>
    </message>
    <message>
        <source>waits for you</source>
        <translation>답을 기다림</translation>
    </message>
    <message>
        <source>Archived (%1)</source>
        <translation>보관됨 (%1)</translation>
    </message>
    <message>
        <source>%1, expanded</source>
        <translation>%1, 펼쳐짐</translation>
    </message>
    <message>
        <source>%1, collapsed</source>
        <translation>%1, 접힘</translation>
    </message>
    <message>
        <source>archived</source>
        <translation>보관됨</translation>
    </message>
    <message>
        <source>finished, not seen yet</source>
        <translation>끝남, 아직 보지 않음</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>waiting for approval</source>
        <translation>승인 대기 중</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Models::TaskTableModel</name>
    <message>
        <source>not yet</source>
        <translation>아직</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>전달 대기</translation>
    </message>
    <message>
        <source>request %1</source>
        <translation>요청 %1</translation>
    </message>
    <message>
        <source>1 process still runs</source>
        <translation>프로세스 1개가 아직 실행 중</translation>
    </message>
    <message>
        <source>%1 processes still run</source>
        <translation>프로세스 %1개가 아직 실행 중</translation>
    </message>
    <message>
        <source>signal %1</source>
        <translation>시그널 %1</translation>
    </message>
    <message>
        <source>elapsed %1</source>
        <translation>경과 %1</translation>
    </message>
    <message>
        <source>no exit code</source>
        <translation>종료 코드 없음</translation>
    </message>
    <message>
        <source>exit code %1</source>
        <translation>종료 코드 %1</translation>
    </message>
    <message>
        <source>output %1</source>
        <translation>출력 %1</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>명령</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Exit code</source>
        <translation>종료 코드</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>출력</translation>
    </message>
    <message>
        <source>Sent to model</source>
        <translation>모델 전달</translation>
    </message>
    <message>
        <source>on its way</source>
        <translation>전달 중</translation>
    </message>
    <message>
        <source>It is in a request that the provider has not accepted yet.</source>
        <translation>제공자가 아직 받아들이지 않은 요청에 들어 있습니다.</translation>
    </message>
    <message>
        <source>failed, retrying</source>
        <translation>실패, 재시도 중</translation>
    </message>
    <message>
        <source>The request with this result failed and will be retried automatically.</source>
        <translation>이 결과가 든 요청이 실패했으며 자동으로 다시 보냅니다.</translation>
    </message>
    <message>
        <source>request failed</source>
        <translation>요청 실패</translation>
    </message>
    <message>
        <source>The request with this result failed. The result will be sent with the next request.</source>
        <translation>이 결과가 든 요청이 실패했습니다. 결과는 다음 요청과 함께 보냅니다.</translation>
    </message>
    <message>
        <source>next request</source>
        <translation>다음 요청</translation>
    </message>
    <message>
        <source>The agent is working. The result will be sent with its next request.</source>
        <translation>에이전트가 작업 중입니다. 결과는 다음 요청과 함께 보냅니다.</translation>
    </message>
    <message>
        <source>in a moment</source>
        <translation>곧</translation>
    </message>
    <message>
        <source>It is sent in a moment.</source>
        <translation>곧 보냅니다.</translation>
    </message>
    <message>
        <source>you are writing</source>
        <translation>입력 중</translation>
    </message>
    <message>
        <source>Held while you type; sent with your message.</source>
        <translation>입력하는 동안 보류되고, 메시지와 함께 보냅니다.</translation>
    </message>
    <message>
        <source>held: stopped</source>
        <translation>보류: 중지됨</translation>
    </message>
    <message>
        <source>You pressed Stop. The result will be sent with your next message.</source>
        <translation>중지를 눌렀습니다. 결과는 다음 메시지와 함께 보냅니다.</translation>
    </message>
    <message>
        <source>waits for you</source>
        <translation>계속하기를 기다림</translation>
    </message>
    <message>
        <source>It arrived while you were away, and waits until you continue.</source>
        <translation>자리를 비운 사이에 도착했으며 계속할 때까지 기다립니다.</translation>
    </message>
    <message>
        <source>next turn</source>
        <translation>다음 턴</translation>
    </message>
    <message>
        <source>This result does not wake the agent. It will be sent with your next message.</source>
        <translation>이 결과는 에이전트를 깨우지 않습니다. 다음 메시지와 함께 보냅니다.</translation>
    </message>
    <message>
        <source>The provider accepted it at %1.</source>
        <translation>제공자가 받아들인 시각: %1.</translation>
    </message>
    <message>
        <source>The agent has reached its hourly limit of wake-ups. The result waits until you continue, or until the hour is over.</source>
        <translation>에이전트가 시간당 깨우기 한도에 도달했습니다. 결과는 계속하거나 한 시간이 지날 때까지 기다립니다.</translation>
    </message>
    <message>
        <source>Last line: %1</source>
        <translation>마지막 줄: %1</translation>
    </message>
    <message>
        <source>sent to model: %1</source>
        <translation>모델에 전달: %1</translation>
    </message>
    <message>
        <source>earlier</source>
        <translation>이전에</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Models::TranscriptModel</name>
    <message>
        <source>Waiting for 1 task. The result will arrive automatically.</source>
        <translation>작업 1개를 기다리는 중입니다. 결과는 자동으로 도착합니다.</translation>
    </message>
    <message>
        <source>Waiting for %1 tasks. The results will arrive automatically.</source>
        <translation>작업 %1개를 기다리는 중입니다. 결과는 자동으로 도착합니다.</translation>
    </message>
    <message>
        <source>Stopped. The partial answer above was kept.</source>
        <translation>중지했습니다. 위의 답은 여기까지 남겨 두었습니다.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>중지했습니다.</translation>
    </message>
    <message>
        <source>From here on, the model works with a summary of the conversation above and with your own messages word for word. You can still read all of it here.</source>
        <translation>여기서부터 모델은 위 대화의 요약과 사용자가 쓴 메시지 원문을 바탕으로 작업합니다. 전체 내용은 여기서 계속 읽을 수 있습니다.</translation>
    </message>
    <message>
        <source>Older outputs of tools are left out for the model from here on, to make room.</source>
        <translation>자리를 만들기 위해 여기서부터 모델에게는 오래된 도구 출력을 뺍니다.</translation>
    </message>
    <message>
        <source>The provider refused a part of the conversation. The conversation continues without that part.</source>
        <translation>제공자가 대화의 일부를 거절했습니다. 그 부분 없이 대화를 계속합니다.</translation>
    </message>
    <message>
        <source>The provider said: %1</source>
        <translation>제공자의 메시지: %1</translation>
    </message>
    <message>
        <source>Still waiting for a reply. The request is still open.</source>
        <translation>아직 답변을 기다리는 중입니다. 요청은 열려 있습니다.</translation>
    </message>
    <message>
        <source>Summarising the conversation to free up context…</source>
        <translation>컨텍스트를 확보하려고 대화를 요약하는 중…</translation>
    </message>
    <message>
        <source>The reply was cut off here.</source>
        <translation>답변이 여기서 끊겼습니다.</translation>
    </message>
    <message>
        <source>%1
Retrying in %3 s (attempt %2).</source>
        <translation>%1
%3초 뒤에 다시 시도합니다(%2번째).</translation>
    </message>
    <message>
        <source>%1
Retrying (attempt %2)…</source>
        <translation>%1
다시 시도하는 중(%2번째)…</translation>
    </message>
    <message>
        <source>The restore was undone: 1 file is back.</source>
        <translation>복원을 취소했습니다. 파일 1개가 되돌아왔습니다.</translation>
    </message>
    <message>
        <source>The restore was undone: %1 files are back.</source>
        <translation>복원을 취소했습니다. 파일 %1개가 되돌아왔습니다.</translation>
    </message>
    <message>
        <source>Restored 1 file to its state before an earlier message.</source>
        <translation>파일 1개를 이전 메시지 전의 상태로 복원했습니다.</translation>
    </message>
    <message>
        <source>Restored %1 files to their state before an earlier message.</source>
        <translation>파일 %1개를 이전 메시지 전의 상태로 복원했습니다.</translation>
    </message>
    <message>
        <source>Restored 1 file to its state before “%1”.</source>
        <translation>파일 1개를 “%1” 전의 상태로 복원했습니다.</translation>
    </message>
    <message>
        <source>Restored %1 files to their state before “%2”.</source>
        <translation>파일 %1개를 “%2” 전의 상태로 복원했습니다.</translation>
    </message>
    <message>
        <source>1 file could not be restored.</source>
        <translation>파일 1개는 복원하지 못했습니다.</translation>
    </message>
    <message>
        <source>%1 files could not be restored.</source>
        <translation>파일 %1개는 복원하지 못했습니다.</translation>
    </message>
    <message>
        <source>Long arguments of calls, and long messages before your last one, are left out for the model from here on, to make room.</source>
        <translation>자리를 만들기 위해 여기부터 호출의 긴 인수와 마지막 메시지 이전의 긴 메시지는 모델에 보내지 않습니다.</translation>
    </message>
    <message>
        <source>1 task keeps running.</source>
        <translation>작업 1개가 계속 실행됩니다.</translation>
    </message>
    <message>
        <source>%1 tasks keep running.</source>
        <translation>작업 %1개가 계속 실행됩니다.</translation>
    </message>
    <message>
        <source>Waiting for a reply… %1 s</source>
        <translation>답변을 기다리는 중… %1초</translation>
    </message>
    <message>
        <source>%1 results sent to the model</source>
        <translation>결과 %1개를 모델에 보냄</translation>
    </message>
    <message>
        <source>1 result sent to the model</source>
        <translation>결과 1개를 모델에 보냄</translation>
    </message>
    <message>
        <source>%1 finished in %2, result sent to the model</source>
        <translation>%1 %2 만에 완료, 결과를 모델에 보냄</translation>
    </message>
    <message>
        <source>%1: %2 after %3, result sent to the model</source>
        <translation>%1: %3 후 %2, 결과를 모델에 보냄</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Notify</name>
    <message>
        <source>A command waits for your answer.</source>
        <translation>명령이 답을 기다립니다.</translation>
    </message>
    <message>
        <source>To read %1</source>
        <translation>%1 읽기</translation>
    </message>
    <message>
        <source>A file is to be read.</source>
        <translation>파일을 읽으려고 합니다.</translation>
    </message>
    <message>
        <source>To write %1</source>
        <translation>%1 쓰기</translation>
    </message>
    <message>
        <source>A file is to be written.</source>
        <translation>파일을 쓰려고 합니다.</translation>
    </message>
    <message>
        <source>A task is to be stopped.</source>
        <translation>작업을 중지하려고 합니다.</translation>
    </message>
    <message>
        <source>Approval needed</source>
        <translation>승인이 필요합니다</translation>
    </message>
    <message>
        <source>%1 approvals needed</source>
        <translation>승인 %1건이 필요합니다</translation>
    </message>
    <message>
        <source>Open the session to answer them.</source>
        <translation>세션을 열어 답하세요.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>거부</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>A task</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>%1 finished in %2</source>
        <translation>%1: %2 만에 끝났습니다</translation>
    </message>
    <message>
        <source>%1: exit %2 after %3</source>
        <translation>%1: %3 후 종료 코드 %2</translation>
    </message>
    <message>
        <source>%1: signal %2 after %3</source>
        <translation>%1: %3 후 시그널 %2</translation>
    </message>
    <message>
        <source>%1: timed out after %2</source>
        <translation>%1: %2 후 시간 초과</translation>
    </message>
    <message>
        <source>%1: stopped after %2</source>
        <translation>%1: %2 후 중지됨</translation>
    </message>
    <message>
        <source>%1 could not be started</source>
        <translation>%1: 시작하지 못했습니다</translation>
    </message>
    <message>
        <source>%1: lost, Meanwhile could not see how it ended</source>
        <translation>%1: 끝을 확인하지 못했습니다</translation>
    </message>
    <message>
        <source>The turn took %1; 1 task keeps running</source>
        <translation>턴에 %1 걸렸습니다. 작업 1개가 계속 실행됩니다</translation>
    </message>
    <message>
        <source>The turn took %1; %2 tasks keep running</source>
        <translation>턴에 %1 걸렸습니다. 작업 %2개가 계속 실행됩니다</translation>
    </message>
    <message>
        <source>The turn took %1</source>
        <translation>턴에 %1 걸렸습니다</translation>
    </message>
    <message>
        <source>Task finished</source>
        <translation>작업이 끝났습니다</translation>
    </message>
    <message>
        <source>Task ended</source>
        <translation>작업이 종료되었습니다</translation>
    </message>
    <message>
        <source>Task failed</source>
        <translation>작업이 실패했습니다</translation>
    </message>
    <message>
        <source>Turn failed</source>
        <translation>턴이 실패했습니다</translation>
    </message>
    <message>
        <source>Turn ended</source>
        <translation>턴이 끝났습니다</translation>
    </message>
    <message>
        <source>%1 tasks ended</source>
        <translation>작업 %1개가 끝났습니다</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>외 %1개</translation>
    </message>
    <message>
        <source>The turn failed after %1</source>
        <translation>%1 후 턴이 실패했습니다</translation>
    </message>
    <message>
        <source>Run outside the box?</source>
        <translation>상자 밖에서 실행할까요?</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Permissions</name>
    <message>
        <source>Writes a file outside the project folder.</source>
        <translation>프로젝트 폴더 밖에 파일을 씁니다.</translation>
    </message>
    <message>
        <source>Changes a file.</source>
        <translation>파일을 바꿉니다.</translation>
    </message>
    <message>
        <source>Runs a command outside the project folder.</source>
        <translation>프로젝트 폴더 밖에서 명령을 실행합니다.</translation>
    </message>
    <message>
        <source>Runs a command.</source>
        <translation>명령을 실행합니다.</translation>
    </message>
    <message>
        <source>Reads outside the project folder.</source>
        <translation>프로젝트 폴더 밖을 읽습니다.</translation>
    </message>
    <message>
        <source>Reads a file.</source>
        <translation>파일을 읽습니다.</translation>
    </message>
    <message>
        <source>Reaches outside this computer.</source>
        <translation>이 컴퓨터 밖으로 나갑니다.</translation>
    </message>
    <message>
        <source>Runs a command outside the box: it can do all that you can.</source>
        <translation>상자 밖에서 명령을 실행합니다. 사용자가 할 수 있는 모든 일을 할 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Store</name>
    <message>
        <source>Qt&apos;s SQLite driver is missing, so conversations are not saved. Install the package libqt6sql6-sqlite.</source>
        <translation>Qt의 SQLite 드라이버가 없어 대화를 저장하지 않습니다. libqt6sql6-sqlite 패키지를 설치하세요.</translation>
    </message>
    <message>
        <source>The saved conversations were written by a newer Meanwhile. Update this one, or set MEANWHILE_HOME to another folder.</source>
        <translation>저장된 대화는 더 새로운 Meanwhile이 만든 것입니다. 이 프로그램을 업데이트하거나 MEANWHILE_HOME을 다른 폴더로 지정하세요.</translation>
    </message>
    <message>
        <source>The file with the saved conversations is damaged.</source>
        <translation>저장된 대화 파일이 손상되었습니다.</translation>
    </message>
    <message>
        <source>The file with the saved conversations is damaged and cannot be moved aside, so nothing is being saved. Move %1 somewhere else and start again.</source>
        <translation>저장된 대화 파일이 손상되었고 옮길 수도 없어 아무것도 저장되지 않습니다. %1 파일을 다른 곳으로 옮기고 다시 시작하세요.</translation>
    </message>
    <message>
        <source>The file with the saved conversations was damaged. What could be read was taken over; the damaged file is kept in %1.</source>
        <translation>저장된 대화 파일이 손상되어 있었습니다. 읽을 수 있는 내용은 가져왔고, 손상된 파일은 %1에 보관했습니다.</translation>
    </message>
    <message>
        <source>The disk is full, so the conversation is not being saved. Free some space; it is saved as soon as there is room.</source>
        <translation>디스크가 가득 차서 대화가 저장되지 않고 있습니다. 공간을 비우세요. 자리가 생기는 대로 저장됩니다.</translation>
    </message>
    <message>
        <source>A part of the conversation could not be saved.</source>
        <translation>대화의 일부를 저장하지 못했습니다.</translation>
    </message>
    <message>
        <source>The conversation could not be saved: %1. Check the disk; it is tried again.</source>
        <translation>대화를 저장하지 못했습니다: %1. 디스크를 확인하세요. 다시 시도합니다.</translation>
    </message>
    <message>
        <source>The file with the saved conversations is damaged, and what can be read of it cannot be written to a new one, so nothing is being saved. Free some space; it is tried again. The damaged file is %1.</source>
        <translation>저장된 대화 파일이 손상되었고 읽을 수 있는 내용을 새 파일에 쓸 수 없어 아무것도 저장되지 않고 있습니다. 공간을 비우세요. 다시 시도합니다. 손상된 파일: %1</translation>
    </message>
    <message>
        <source>The conversation could not be saved, because another program uses the file of the saved conversations. It is tried again.</source>
        <translation>다른 프로그램이 저장된 대화 파일을 사용하고 있어 대화를 저장하지 못했습니다. 다시 시도합니다.</translation>
    </message>
    <message>
        <source>The file with the saved conversations was removed or replaced while the program was running. The conversations that are open are saved again, in a new one: %1.</source>
        <translation>프로그램이 실행되는 동안 저장된 대화 파일이 삭제되거나 바뀌었습니다. 열려 있는 대화를 새 파일에 다시 저장합니다: %1.</translation>
    </message>
    <message>
        <source>%1 is no file that conversations could be saved in. Remove it, then start Meanwhile again.</source>
        <translation>%1은(는) 대화를 저장할 수 있는 파일이 아닙니다. 지운 다음 Meanwhile을 다시 시작하세요.</translation>
    </message>
    <message>
        <source>This session is open in another Meanwhile (process %1). Close it there first.</source>
        <translation>이 세션은 다른 Meanwhile(프로세스 %1)에서 열려 있습니다. 먼저 그곳에서 닫으세요.</translation>
    </message>
    <message>
        <source>There is no session %1; perhaps it was deleted. Choose another one.</source>
        <translation>세션 %1이(가) 없습니다. 삭제되었을 수 있습니다. 다른 세션을 고르세요.</translation>
    </message>
    <message>
        <source>There is no earlier session to continue. Start one first.</source>
        <translation>이어 갈 이전 세션이 없습니다. 먼저 세션을 시작하세요.</translation>
    </message>
    <message>
        <source>That message is not in the session any more.</source>
        <translation>그 메시지는 이제 세션에 없습니다.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::ThreadLimit</name>
    <message>
        <source>The system allows no more threads, so nothing can run. Raise the limit of processes (ulimit -u, or the container&apos;s pids limit), then start again.</source>
        <translation>시스템이 스레드를 더 허용하지 않아 아무것도 실행할 수 없습니다. 프로세스 한도(ulimit -u 또는 컨테이너의 pids 한도)를 늘린 뒤 다시 시작하세요.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Tasks</name>
    <message>
        <source>queued</source>
        <translation>대기 중</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>시작 중</translation>
    </message>
    <message>
        <source>running</source>
        <translation>실행 중</translation>
    </message>
    <message>
        <source>done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>exit %1</source>
        <translation>종료 %1</translation>
    </message>
    <message>
        <source>signal %1</source>
        <translation>시그널 %1</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>시간 초과</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>중지됨</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>끝남</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>알 수 없음</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Tools</name>
    <message>
        <source>1 line</source>
        <translation>1줄</translation>
    </message>
    <message>
        <source>%1 lines</source>
        <translation>%1줄</translation>
    </message>
    <message>
        <source>1 entry</source>
        <translation>항목 1개</translation>
    </message>
    <message>
        <source>%1 entries</source>
        <translation>항목 %1개</translation>
    </message>
    <message>
        <source>1 place</source>
        <translation>1곳</translation>
    </message>
    <message>
        <source>%1 places</source>
        <translation>%1곳</translation>
    </message>
    <message>
        <source>%1 of %2 running</source>
        <translation>%2개 중 %1개 실행 중</translation>
    </message>
    <message>
        <source>%1 of %2 ended</source>
        <translation>%2개 중 %1개 끝남</translation>
    </message>
    <message>
        <source>exit %1</source>
        <translation>종료 %1</translation>
    </message>
    <message>
        <source>continues in background</source>
        <translation>백그라운드에서 계속</translation>
    </message>
    <message>
        <source>ended from outside</source>
        <translation>외부에서 종료됨</translation>
    </message>
    <message>
        <source>%1 leads there.</source>
        <translation>%1은(는) 그곳을 가리킵니다.</translation>
    </message>
    <message>
        <source>Keys, passwords, histories or Meanwhile&apos;s own files are kept there.</source>
        <translation>그곳에는 키, 암호, 기록 또는 Meanwhile 자체 파일이 보관됩니다.</translation>
    </message>
    <message>
        <source>Keys or passwords may be in this file; what is in it is sent to the model.</source>
        <translation>이 파일에는 키나 암호가 있을 수 있으며, 내용이 모델로 전송됩니다.</translation>
    </message>
    <message>
        <source>no change</source>
        <translation>변경 없음</translation>
    </message>
    <message>
        <source>Nothing in the file changes.</source>
        <translation>파일에서 바뀌는 것이 없습니다.</translation>
    </message>
    <message>
        <source>Too large to be shown (%1).</source>
        <translation>너무 커서 표시할 수 없습니다(%1).</translation>
    </message>
    <message>
        <source>It replaces a file that is not text.</source>
        <translation>텍스트가 아닌 파일을 대체합니다.</translation>
    </message>
    <message>
        <source>It replaces all of a file that is too large to be compared.</source>
        <translation>비교하기에 너무 큰 파일 전체를 대체합니다.</translation>
    </message>
    <message>
        <source>What changes cannot be shown as lines.</source>
        <translation>바뀌는 내용을 줄로 표시할 수 없습니다.</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>실행 중</translation>
    </message>
    <message>
        <source>Ran</source>
        <translation>실행함</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>읽기</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>읽는 중</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>쓰기</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>쓰는 중</translation>
    </message>
    <message>
        <source>Wrote</source>
        <translation>씀</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>편집</translation>
    </message>
    <message>
        <source>Editing</source>
        <translation>편집 중</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>편집함</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>검색</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>검색 중</translation>
    </message>
    <message>
        <source>Searched</source>
        <translation>검색함</translation>
    </message>
    <message>
        <source>List</source>
        <translation>목록</translation>
    </message>
    <message>
        <source>Listing</source>
        <translation>목록 보는 중</translation>
    </message>
    <message>
        <source>Listed</source>
        <translation>목록 확인</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>확인 중</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>확인함</translation>
    </message>
    <message>
        <source>Wait for</source>
        <translation>기다리기</translation>
    </message>
    <message>
        <source>Waiting for</source>
        <translation>기다리는 중</translation>
    </message>
    <message>
        <source>Waited for</source>
        <translation>기다림</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>중지하는 중</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>중지함</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>만듦</translation>
    </message>
</context>
<context>
    <name>Meanwhile::TrustedSettings</name>
    <message>
        <source>permission mode “%1”</source>
        <translation>권한 모드 “%1”</translation>
    </message>
    <message>
        <source>provider “%1”</source>
        <translation>제공자 “%1”</translation>
    </message>
    <message>
        <source>address %1</source>
        <translation>주소 %1</translation>
    </message>
    <message>
        <source>address %1 for “%2”</source>
        <translation>“%2”의 주소 %1</translation>
    </message>
    <message>
        <source>of its own</source>
        <translation>자체 주소</translation>
    </message>
    <message>
        <source>provider “%1” at %2</source>
        <translation>%2의 제공자 “%1”</translation>
    </message>
    <message>
        <source>variables passed on to commands (%1)</source>
        <translation>명령에 전달되는 변수(%1)</translation>
    </message>
    <message>
        <source>fewer variables passed on to commands</source>
        <translation>명령에 전달되는 변수가 줄어듦</translation>
    </message>
    <message>
        <source>providers taken away</source>
        <translation>삭제된 제공자</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui</name>
    <message>
        <source>Too large to open (at most 64 million pixels and 64 MB). Save a smaller copy and attach that.</source>
        <translation>너무 커서 열 수 없습니다(최대 6,400만 화소, 64 MB). 더 작게 저장한 뒤 첨부하세요.</translation>
    </message>
    <message>
        <source>Not an image, whatever its name says. Write its path if the model is to read it.</source>
        <translation>이름과 달리 이미지가 아닙니다. 모델이 읽어야 한다면 경로를 쓰세요.</translation>
    </message>
    <message>
        <source>This kind of image cannot be opened here. Save it as PNG and attach that.</source>
        <translation>이 종류의 이미지는 열 수 없습니다. PNG로 저장한 뒤 첨부하세요.</translation>
    </message>
    <message>
        <source>Damaged or incomplete. Save the image again and attach that.</source>
        <translation>손상되었거나 덜 저장된 이미지입니다. 다시 저장한 뒤 첨부하세요.</translation>
    </message>
    <message>
        <source>The file is not there any more. Attach it from where it is now.</source>
        <translation>파일이 더 이상 그곳에 없습니다. 지금 있는 곳에서 첨부하세요.</translation>
    </message>
    <message>
        <source>You do not have permission to read this file. Change its permissions and attach it again.</source>
        <translation>이 파일을 읽을 권한이 없습니다. 권한을 바꾼 뒤 다시 첨부하세요.</translation>
    </message>
    <message>
        <source>The file could not be read. Copy it to this computer and attach the copy.</source>
        <translation>파일을 읽을 수 없습니다. 이 컴퓨터에 복사한 뒤 그것을 첨부하세요.</translation>
    </message>
    <message>
        <source>under $%1</source>
        <translation>$%1 미만</translation>
    </message>
    <message>
        <source>%1 + unknown</source>
        <translation>%1 + 알 수 없음</translation>
    </message>
    <message>
        <source>cost unknown</source>
        <translation>비용 알 수 없음</translation>
    </message>
    <message>
        <source>local</source>
        <translation>이 컴퓨터</translation>
    </message>
    <message>
        <source>%1 in · %2 out</source>
        <translation>입력 %1 · 출력 %2</translation>
    </message>
    <message>
        <source>%1 · %2 % cached</source>
        <translation>%1 · 캐시 %2 %</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 M</translation>
    </message>
    <message>
        <source>%1 K</source>
        <translation>%1 K</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::AdaptivePanes</name>
    <message>
        <source>Conversation and tasks</source>
        <translation>대화와 작업</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>대화</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>Tasks (%1)</source>
        <translation>작업 (%1)</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ApprovalBar</name>
    <message>
        <source>Read outside the project?</source>
        <translation>프로젝트 밖의 파일을 읽을까요?</translation>
    </message>
    <message>
        <source>Read this file?</source>
        <translation>이 파일을 읽을까요?</translation>
    </message>
    <message>
        <source>Write outside the project?</source>
        <translation>프로젝트 밖에 쓸까요?</translation>
    </message>
    <message>
        <source>Write this file?</source>
        <translation>이 파일을 쓸까요?</translation>
    </message>
    <message>
        <source>Stop this task?</source>
        <translation>이 작업을 중지할까요?</translation>
    </message>
    <message>
        <source>Run this command?</source>
        <translation>이 명령을 실행할까요?</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>읽기</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>쓰기</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>Exactly this</source>
        <translation>정확한 내용</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>거부</translation>
    </message>
    <message>
        <source>Allow for this session</source>
        <translation>이 세션 동안 허용</translation>
    </message>
    <message>
        <source>Don&apos;t ask again for this exact command until Meanwhile quits.</source>
        <translation>Meanwhile을 끝낼 때까지 정확히 이 명령은 다시 묻지 않습니다.</translation>
    </message>
    <message>
        <source>Don&apos;t ask again for exactly this file until Meanwhile quits. It still asks for other files.</source>
        <translation>Meanwhile을 닫을 때까지 정확히 이 파일에 쓰는 것만 다시 묻지 않습니다. 다른 파일은 계속 묻습니다.</translation>
    </message>
    <message>
        <source>Don&apos;t ask again for exactly this until Meanwhile quits. It still asks for anything else.</source>
        <translation>Meanwhile을 닫을 때까지 정확히 이것만 다시 묻지 않습니다. 다른 것은 계속 묻습니다.</translation>
    </message>
    <message>
        <source>Alt+%1</source>
        <translation>Alt+%1</translation>
    </message>
    <message>
        <source>1 of %1</source>
        <translation>%1개 중 1번째</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>%1에서</translation>
    </message>
    <message>
        <source>Search outside the project?</source>
        <translation>프로젝트 밖에서 검색할까요?</translation>
    </message>
    <message>
        <source>Search here?</source>
        <translation>여기서 검색할까요?</translation>
    </message>
    <message>
        <source>List files outside the project?</source>
        <translation>프로젝트 밖의 파일 목록을 볼까요?</translation>
    </message>
    <message>
        <source>List the files here?</source>
        <translation>여기 파일 목록을 볼까요?</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>검색</translation>
    </message>
    <message>
        <source>List</source>
        <translation>목록 보기</translation>
    </message>
    <message>
        <source>1 more line</source>
        <translation>1줄 더</translation>
    </message>
    <message>
        <source>%1 more lines</source>
        <translation>%1줄 더</translation>
    </message>
    <message>
        <source>This is the end. Choose again to allow it.</source>
        <translation>여기가 끝입니다. 허용하려면 다시 선택하세요.</translation>
    </message>
    <message>
        <source>Not everything is shown yet. Choosing this scrolls to the end first.</source>
        <translation>아직 전부 표시되지 않았습니다. 이것을 선택하면 먼저 끝으로 이동합니다.</translation>
    </message>
    <message>
        <source>What would be written is not shown. Choose this twice to allow it.</source>
        <translation>기록될 내용이 표시되지 않습니다. 허용하려면 두 번 선택하세요.</translation>
    </message>
    <message>
        <source>What would be written is not shown. Choose again to allow it.</source>
        <translation>기록될 내용이 표시되지 않습니다. 허용하려면 다시 선택하세요.</translation>
    </message>
    <message>
        <source>The model says: %1</source>
        <translation>모델의 설명: %1</translation>
    </message>
    <message>
        <source>Reach outside this computer?</source>
        <translation>이 컴퓨터 밖으로 나갈까요?</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>허용</translation>
    </message>
    <message>
        <source>Run outside the box?</source>
        <translation>상자 밖에서 실행할까요?</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::AttachmentChip</name>
    <message>
        <source>Preparing…</source>
        <translation>준비하는 중…</translation>
    </message>
    <message>
        <source>Preparing %1</source>
        <translation>%1 준비하는 중</translation>
    </message>
    <message>
        <source>Remove (Delete)</source>
        <translation>빼기 (Delete)</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 빼기</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::AttachmentRow</name>
    <message>
        <source>Attached images</source>
        <translation>첨부한 이미지</translation>
    </message>
    <message>
        <source>Pasted image</source>
        <translation>붙여 넣은 이미지</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ResumeBar</name>
    <message>
        <source>Continue</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Your last message was not answered.</source>
        <translation>마지막 메시지에 답변이 없습니다.</translation>
    </message>
    <message>
        <source>1 task finished while you were away.</source>
        <translation>자리를 비운 사이에 작업 1개가 끝났습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n tasks finished while you were away.</source>
        <translation>
            <numerusform>자리를 비운 사이에 작업 %n개가 끝났습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Ask for the answer again</source>
        <translation>답을 다시 요청</translation>
    </message>
    <message>
        <source>Send the results and let the agent continue</source>
        <translation>결과를 보내고 에이전트가 계속하게 하기</translation>
    </message>
    <message>
        <source>1 result waits: the agent has reached its hourly limit of wake-ups.</source>
        <translation>결과 1개가 기다립니다. 에이전트가 시간당 깨우기 한도에 도달했습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n results wait: the agent has reached its hourly limit of wake-ups.</source>
        <translation>
            <numerusform>결과 %n개가 기다립니다. 에이전트가 시간당 깨우기 한도에 도달했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 message was not sent yet.</source>
        <translation>아직 보내지 않은 메시지가 1개 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n messages were not sent yet.</source>
        <translation>
            <numerusform>아직 보내지 않은 메시지가 %n개 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Send Now</source>
        <translation>지금 보내기</translation>
    </message>
    <message>
        <source>Send what is queued</source>
        <translation>대기 중인 메시지 보내기</translation>
    </message>
    <message>
        <source>1 result was not sent yet.</source>
        <translation>아직 보내지 않은 결과가 1개 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n results were not sent yet.</source>
        <translation>
            <numerusform>아직 보내지 않은 결과가 %n개 있습니다.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::BoxMark</name>
    <message>
        <source>Box</source>
        <translation>상자</translation>
    </message>
    <message>
        <source>Reduced box</source>
        <translation>축소된 상자</translation>
    </message>
    <message>
        <source>No box</source>
        <translation>상자 없음</translation>
    </message>
    <message>
        <source>Commands run in a box: they change only the project, do not see the rest of your files and have no network.</source>
        <translation>명령은 상자 안에서 실행됩니다. 프로젝트만 바꾸고, 나머지 파일은 보지 못하며, 네트워크를 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>Commands change only the project and have no network, but they can read all your files.</source>
        <translation>명령은 프로젝트만 바꾸고 네트워크를 쓸 수 없지만, 모든 파일을 읽을 수 있습니다.</translation>
    </message>
    <message>
        <source>No box can be built on this computer: commands can do all that you can.</source>
        <translation>이 컴퓨터에서는 상자를 만들 수 없습니다. 명령은 사용자가 할 수 있는 모든 일을 할 수 있습니다.</translation>
    </message>
    <message>
        <source>The box is switched off: commands can do all that you can.</source>
        <translation>상자가 꺼져 있습니다. 명령은 사용자가 할 수 있는 모든 일을 할 수 있습니다.</translation>
    </message>
    <message>
        <source>That is why commands ask before they run.</source>
        <translation>그래서 명령은 실행하기 전에 묻습니다.</translation>
    </message>
    <message>
        <source>The system says: %1</source>
        <translation>시스템의 설명: %1</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::Composer</name>
    <message>
        <source>The pasted text is too long for a message (%1 characters). Save it as a file and attach the file.</source>
        <translation>붙여 넣은 글이 메시지로는 너무 깁니다(%1자). 파일로 저장한 뒤 첨부하세요.</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>첨부</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>보내기</translation>
    </message>
    <message>
        <source>Send (Enter). Shift+Enter starts a new line.</source>
        <translation>보내기 (Enter). Shift+Enter는 줄을 바꿉니다.</translation>
    </message>
    <message>
        <source>At most %1 images go into one message. The others were left out.</source>
        <translation>메시지 하나에는 이미지를 %1개까지 넣을 수 있습니다. 나머지는 빠졌습니다.</translation>
    </message>
    <message>
        <source>Attach images or mention files (Ctrl+Shift+A)</source>
        <translation>이미지 첨부 또는 파일 언급 (Ctrl+Shift+A)</translation>
    </message>
    <message>
        <source>Choose model and provider (Ctrl+M)</source>
        <translation>모델과 제공자 고르기 (Ctrl+M)</translation>
    </message>
    <message>
        <source>Cost of this session</source>
        <translation>이 세션의 비용</translation>
    </message>
    <message>
        <source>Stop the agent and the command it waits for; background tasks keep running (Esc)</source>
        <translation>에이전트와 기다리던 명령을 중지합니다. 백그라운드 작업은 계속 실행됩니다 (Esc)</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ContextGauge</name>
    <message>
        <source>%1 % of %2, nearly full</source>
        <translation>%2 중 %1 %, 거의 참</translation>
    </message>
    <message>
        <source>%1 % of %2</source>
        <translation>%2 중 %1 %</translation>
    </message>
    <message>
        <source>%1 of %2 tokens: the conversation as the model last read it</source>
        <translation>토큰 %2개 중 %1개: 모델이 마지막으로 읽은 대화</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>토큰 %1개</translation>
    </message>
    <message>
        <source>The conversation as the model last read it. The size of this model&apos;s context window is unknown.</source>
        <translation>모델이 마지막으로 읽은 대화입니다. 이 모델의 컨텍스트 창 크기는 알려져 있지 않습니다.</translation>
    </message>
    <message>
        <source>Context: %1</source>
        <translation>컨텍스트: %1</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::DropTarget</name>
    <message>
        <source>Drop it here</source>
        <translation>여기에 놓으세요</translation>
    </message>
    <message>
        <source>Drop to work in “%1”</source>
        <translation>놓으면 “%1”에서 작업합니다</translation>
    </message>
    <message>
        <source>The folder becomes the project.</source>
        <translation>이 폴더가 프로젝트가 됩니다.</translation>
    </message>
    <message>
        <source>This cannot be used</source>
        <translation>사용할 수 없습니다</translation>
    </message>
    <message>
        <source>Drop to mention the file</source>
        <translation>놓으면 파일을 메시지에 언급합니다</translation>
    </message>
    <message>
        <source>Drop to mention the files</source>
        <translation>놓으면 파일들을 메시지에 언급합니다</translation>
    </message>
    <message>
        <source>Only the path goes into the text; the model reads the file when it needs it.</source>
        <translation>경로만 들어가며, 모델은 필요할 때 파일을 읽습니다.</translation>
    </message>
    <message>
        <source>A folder becomes the project; images are shown to the model, other files named in your message.</source>
        <translation>폴더는 프로젝트가 되고, 이미지는 모델에 보이며, 다른 파일은 메시지에 경로로 들어갑니다.</translation>
    </message>
    <message>
        <source>Drop to attach the image</source>
        <translation>놓으면 이미지를 첨부합니다</translation>
    </message>
    <message>
        <source>It goes with your message.</source>
        <translation>메시지와 함께 보냅니다.</translation>
    </message>
    <message>
        <source>Drop to attach the images</source>
        <translation>놓으면 이미지들을 첨부합니다</translation>
    </message>
    <message>
        <source>They go with your message.</source>
        <translation>메시지와 함께 보냅니다.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ErrorRow</name>
    <message>
        <source>Open settings</source>
        <translation>설정 열기</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>지금 시도</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>계속</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::FindBar</name>
    <message>
        <source>No match</source>
        <translation>일치 없음</translation>
    </message>
    <message>
        <source>Find in the log</source>
        <translation>로그에서 찾기</translation>
    </message>
    <message>
        <source>Find in log</source>
        <translation>로그에서 찾기</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>이전 일치</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>다음 일치</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>검색하는 중…</translation>
    </message>
    <message>
        <source>No match in the kept output</source>
        <translation>보관된 출력에는 일치하는 내용이 없습니다</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2개 중 %1번째</translation>
    </message>
    <message>
        <source>1 match</source>
        <translation>일치 1개</translation>
    </message>
    <message>
        <source>%1 matches</source>
        <translation>일치 %1개</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::FirstRunPage</name>
    <message>
        <source>Open Folder…</source>
        <translation>폴더 열기…</translation>
    </message>
    <message>
        <source>Try one of these</source>
        <translation>이 중 하나를 해 보세요</translation>
    </message>
    <message>
        <source>Run &quot;sleep 5 &amp;&amp; echo done&quot; in the background, then create a file while it runs</source>
        <translation>&quot;sleep 5 &amp;&amp; echo done&quot;을 백그라운드에서 실행하고, 실행되는 동안 파일을 만들어 줘</translation>
    </message>
    <message>
        <source>Start 3 background tasks: &quot;sleep 2&quot;, &quot;sleep 4&quot;, &quot;sleep 6&quot;. Check their status.</source>
        <translation>백그라운드 작업 3개를 시작해 줘: &quot;sleep 2&quot;, &quot;sleep 4&quot;, &quot;sleep 6&quot;. 상태를 확인해 줘.</translation>
    </message>
    <message>
        <source>Run pytest in the background and keep working on other things</source>
        <translation>pytest를 백그라운드에서 실행하고 다른 일을 계속해 줘</translation>
    </message>
    <message>
        <source>Puts this into the message; nothing is sent yet</source>
        <translation>메시지에 넣습니다. 아직 보내지 않습니다</translation>
    </message>
    <message>
        <source>You are using the offline demo: a small scripted model. Connect a model to get real work done.</source>
        <translation>지금은 오프라인 데모, 정해진 대본의 작은 모델입니다. 실제 일을 하려면 모델을 연결하세요.</translation>
    </message>
    <message>
        <source>Connect a model…</source>
        <translation>모델 연결…</translation>
    </message>
    <message>
        <source>Drop a folder here, or open one</source>
        <translation>여기에 폴더를 놓거나 폴더를 여세요</translation>
    </message>
    <message>
        <source>What would you like to do in %1?</source>
        <translation>%1에서 무엇을 할까요?</translation>
    </message>
    <message>
        <source>Slow commands run in the background; their results are delivered automatically.</source>
        <translation>느린 명령은 백그라운드에서 실행되고, 결과는 자동으로 전달됩니다.</translation>
    </message>
    <message>
        <source>Recent folders</source>
        <translation>최근 폴더</translation>
    </message>
    <message>
        <source>This becomes your project. Files outside it are read or changed only when you allow it.</source>
        <translation>이 폴더가 프로젝트가 됩니다. 바깥의 파일은 허용할 때만 읽거나 바꿉니다.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::FolderButton</name>
    <message>
        <source>No project</source>
        <translation>프로젝트 없음</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Project %1</source>
        <translation>프로젝트 %1</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::FolderNotice</name>
    <message>
        <source>Choose New Location…</source>
        <translation>새 위치 선택…</translation>
    </message>
    <message>
        <source>Use This Folder</source>
        <translation>이 폴더 사용</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::LogPane</name>
    <message>
        <source>Follow</source>
        <translation>따라가기</translation>
    </message>
    <message>
        <source>Keep the newest line visible (End)</source>
        <translation>가장 새로운 줄을 계속 보이기 (End)</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>찾기</translation>
    </message>
    <message>
        <source>Find in this log (Ctrl+F)</source>
        <translation>이 로그에서 찾기 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>End this command and everything it started</source>
        <translation>이 명령과 이 명령이 시작한 모든 것을 끝냅니다</translation>
    </message>
    <message>
        <source>Show earlier output</source>
        <translation>이전 출력 보기</translation>
    </message>
    <message>
        <source>Read further back in this log</source>
        <translation>이 로그의 앞부분을 더 읽습니다</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>중지하는 중…</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Run this command again as a new task</source>
        <translation>이 명령을 새 작업으로 다시 실행합니다</translation>
    </message>
    <message>
        <source>No output</source>
        <translation>출력 없음</translation>
    </message>
    <message>
        <source>No output yet</source>
        <translation>아직 출력 없음</translation>
    </message>
    <message>
        <source>Wrap</source>
        <translation>줄 바꿈</translation>
    </message>
    <message>
        <source>Break long lines at the window&apos;s edge</source>
        <translation>긴 줄을 창 가장자리에서 나눕니다</translation>
    </message>
    <message>
        <source>Show later output</source>
        <translation>이후 출력 표시</translation>
    </message>
    <message>
        <source>Read on in this log</source>
        <translation>이 로그를 계속 읽습니다</translation>
    </message>
    <message>
        <source>Size of the output: %1</source>
        <translation>출력 크기: %1</translation>
    </message>
    <message>
        <source>This output is not there any more: logs are removed after a while, and cannot be written when the disk is full.</source>
        <translation>이 출력은 이제 없습니다. 로그는 일정 기간 뒤 삭제되며, 디스크가 가득 차면 기록할 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::LogView</name>
    <message>
        <source>Output of the selected task</source>
        <translation>선택한 작업의 출력</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::LogsForm</name>
    <message>
        <source> days</source>
        <translation>일</translation>
    </message>
    <message>
        <source>Days to keep task logs</source>
        <translation>작업 로그 보관 일수</translation>
    </message>
    <message>
        <source> GB</source>
        <translation> GB</translation>
    </message>
    <message>
        <source>Maximum size of task logs in gigabytes</source>
        <translation>작업 로그 최대 크기(기가바이트)</translation>
    </message>
    <message>
        <source>Older logs are removed at the next start; running tasks keep theirs.</source>
        <translation>더 오래된 로그는 다음 시작 때 삭제됩니다. 실행 중인 작업의 로그는 남습니다.</translation>
    </message>
    <message>
        <source> day</source>
        <translation>일</translation>
    </message>
    <message>
        <source>, up to</source>
        <translation>, 최대</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::MainWindow</name>
    <message>
        <source>Open a folder to start</source>
        <translation>시작하려면 폴더를 여세요</translation>
    </message>
    <message>
        <source>Open Folder…</source>
        <translation>폴더 열기…</translation>
    </message>
    <message>
        <source>Open a folder first: Meanwhile reads, writes and runs things inside it. Your message is kept.</source>
        <translation>먼저 폴더를 여세요. Meanwhile은 그 안에서 읽고, 쓰고, 실행합니다. 메시지는 그대로 남아 있습니다.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::MessageBar</name>
    <message>
        <source>Close the message</source>
        <translation>알림 닫기</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ModelList</name>
    <message>
        <source>Use “%1”</source>
        <translation>“%1” 쓰기</translation>
    </message>
    <message>
        <source>%1, in use</source>
        <translation>%1, 사용 중</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ModelMenu</name>
    <message>
        <source>Demo (offline)</source>
        <translation>데모 (오프라인)</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>모델 선택</translation>
    </message>
    <message>
        <source>%1 · thinks</source>
        <translation>%1 · 생각함</translation>
    </message>
    <message>
        <source>Loading models…</source>
        <translation>모델을 불러오는 중…</translation>
    </message>
    <message>
        <source>%1 · on this computer</source>
        <translation>%1 · 이 컴퓨터</translation>
    </message>
    <message>
        <source>The provider lists no models. Type an ID.</source>
        <translation>제공자의 모델 목록이 없습니다. ID를 입력하세요.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ModelPicker</name>
    <message>
        <source>Find a model, or type its id</source>
        <translation>모델을 찾거나 ID를 입력하세요</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>모델 목록</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>생각</translation>
    </message>
    <message>
        <source>Providers and keys…</source>
        <translation>제공자와 키…</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>끔</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>낮음</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>중간</translation>
    </message>
    <message>
        <source>High</source>
        <translation>높음</translation>
    </message>
    <message>
        <source>Thinking: %1</source>
        <translation>생각: %1</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::NoticesForm</name>
    <message>
        <source>Looking for the desktop&apos;s notifications…</source>
        <translation>데스크톱 알림을 찾는 중…</translation>
    </message>
    <message>
        <source>With desktop notifications, while this window is not in front.</source>
        <translation>이 창이 앞에 없을 때 데스크톱 알림으로 알립니다.</translation>
    </message>
    <message>
        <source>Only in the taskbar: there is no message bus (D-Bus) in this login.</source>
        <translation>작업 표시줄로만 알립니다. 이 로그인에는 메시지 버스(D-Bus)가 없습니다.</translation>
    </message>
    <message>
        <source>Only in the taskbar: no program here shows notifications.</source>
        <translation>작업 표시줄로만 알립니다. 알림을 보여 주는 프로그램이 없습니다.</translation>
    </message>
    <message>
        <source>Only in the taskbar: the desktop&apos;s notification service does not respond.</source>
        <translation>작업 표시줄로만 알립니다. 데스크톱 알림 서비스가 응답하지 않습니다.</translation>
    </message>
    <message>
        <source>Only in the taskbar: what answers as the desktop&apos;s notifications may be a command that Meanwhile ran.</source>
        <translation>작업 표시줄로만 알립니다. 데스크톱 알림으로 응답하는 것이 Meanwhile이 실행한 명령일 수 있습니다.</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>승인</translation>
    </message>
    <message>
        <source>Ended tasks</source>
        <translation>끝난 작업</translation>
    </message>
    <message>
        <source>Long turns</source>
        <translation>긴 턴</translation>
    </message>
    <message>
        <source>When something waits for your answer.</source>
        <translation>무언가가 답을 기다릴 때.</translation>
    </message>
    <message>
        <source>When a background command has ended.</source>
        <translation>백그라운드 명령이 끝났을 때.</translation>
    </message>
    <message>
        <source>When a turn has ended that took longer than 20 seconds.</source>
        <translation>20초 넘게 걸린 턴이 끝났을 때.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::Panel</name>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>%1 복사</translation>
    </message>
    <message>
        <source>Show %1 more lines</source>
        <translation>%1줄 더 보기</translation>
    </message>
    <message>
        <source>Show the rest</source>
        <translation>나머지 보기</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>%1번째 줄</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::PassOnForm</name>
    <message>
        <source>Variables passed to commands</source>
        <translation>명령에 전달하는 변수</translation>
    </message>
    <message>
        <source>Commands in %1 get none of these, as they look like secrets. Tick those that they need.</source>
        <translation>%1의 명령은 비밀로 보이는 이 변수들을 받지 않습니다. 필요한 것을 선택하세요.</translation>
    </message>
    <message>
        <source>Commands in %1 get all of these, though they look like secrets.</source>
        <translation>%1의 명령은 비밀처럼 보여도 이 변수를 모두 받습니다.</translation>
    </message>
    <message>
        <source>Commands in %1 get those that are ticked. The others are kept from them, as they look like secrets.</source>
        <translation>%1의 명령은 선택한 변수만 받습니다. 나머지는 비밀처럼 보여 전달되지 않습니다.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::PictureViewer</name>
    <message>
        <source>Opening the image…</source>
        <translation>이미지를 여는 중…</translation>
    </message>
    <message>
        <source>This image cannot be shown.</source>
        <translation>이 이미지를 표시할 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::PresetMenu</name>
    <message>
        <source>On this computer</source>
        <translation>이 컴퓨터</translation>
    </message>
    <message>
        <source>Custom…</source>
        <translation>사용자 지정…</translation>
    </message>
    <message>
        <source>New provider</source>
        <translation>새 제공자</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::SessionPresenter</name>
    <message>
        <source>after this turn</source>
        <translation>이 턴이 끝난 뒤</translation>
    </message>
    <message>
        <source>nothing to summarise yet</source>
        <translation>아직 요약할 내용이 없습니다</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ProviderForm</name>
    <message>
        <source>OpenAI Chat Completions</source>
        <translation>OpenAI Chat Completions</translation>
    </message>
    <message>
        <source>Anthropic Messages</source>
        <translation>Anthropic Messages</translation>
    </message>
    <message>
        <source>The key will be removed when you save.</source>
        <translation>저장하면 키가 삭제됩니다.</translation>
    </message>
    <message>
        <source>Offline demo</source>
        <translation>오프라인 데모</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 쓰기</translation>
    </message>
    <message>
        <source>Leave it empty for the provider&apos;s own.</source>
        <translation>제공자의 기본 주소를 쓰려면 비워 두세요.</translation>
    </message>
    <message>
        <source>Enter a key first.</source>
        <translation>먼저 키를 입력하세요.</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>연결하는 중…</translation>
    </message>
    <message>
        <source>Connected. 1 model can be used.</source>
        <translation>연결했습니다. 모델 1개를 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>Connected. %1 models can be used.</source>
        <translation>연결했습니다. 모델 %1개를 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>No keychain is available; the key was saved to %1. Only your account can read that file.</source>
        <translation>사용할 수 있는 키체인이 없어 키를 %1에 저장했습니다. 이 파일은 이 계정만 읽을 수 있습니다.</translation>
    </message>
    <message>
        <source>The demo needs no key and no network. Choose a provider above to connect a model.</source>
        <translation>데모에는 키도 네트워크도 필요 없습니다. 모델을 연결하려면 위에서 제공자를 선택하세요.</translation>
    </message>
    <message>
        <source>Kept in the keychain or, where there is none, in a file that only you can read.</source>
        <translation>키체인에 보관되며, 키체인이 없으면 본인만 읽을 수 있는 파일에 보관됩니다.</translation>
    </message>
    <message>
        <source>No keychain is available, so it is kept in a file that only you can read.</source>
        <translation>사용할 수 있는 키체인이 없어 본인만 읽을 수 있는 파일에 보관됩니다.</translation>
    </message>
    <message>
        <source>Leave it empty where none is needed.</source>
        <translation>필요 없으면 비워 두세요.</translation>
    </message>
    <message>
        <source>Set at startup, for this run only. It is saved only if you change it.</source>
        <translation>시작할 때 지정한 값으로 이번 실행에만 쓰입니다. 바꿀 때만 저장됩니다.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::QueuedRow</name>
    <message>
        <source>Edit</source>
        <translation>편집</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Edit the queued message</source>
        <translation>대기 중인 메시지 편집</translation>
    </message>
    <message>
        <source>Withdraw the queued message</source>
        <translation>대기 중인 메시지 취소</translation>
    </message>
    <message>
        <source>◌ Queued</source>
        <translation>◌ 대기 중</translation>
    </message>
    <message>
        <source>◌ Held until you send it</source>
        <translation>◌ 보낼 때까지 보류됨</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::QuitQuestion</name>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>1 task is still running</source>
        <translation>작업 1개가 아직 실행 중입니다</translation>
    </message>
    <message numerus="yes">
        <source>%n tasks are still running</source>
        <translation>
            <numerusform>작업 %n개가 아직 실행 중입니다</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>계속 실행</translation>
    </message>
    <message>
        <source>Stop them</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Stop it</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Stopping now; the window closes when the last command has ended.</source>
        <translation>중지하고 있습니다. 마지막 명령이 끝나면 창이 닫힙니다.</translation>
    </message>
    <message>
        <source>If you keep it running, it continues in the background and reappears when you start Meanwhile again.</source>
        <translation>계속 실행하면 백그라운드에서 진행되고, Meanwhile을 다시 시작하면 나타납니다.</translation>
    </message>
    <message>
        <source>If you keep them running, they continue in the background and reappear when you start Meanwhile again.</source>
        <translation>계속 실행하면 백그라운드에서 진행되고, Meanwhile을 다시 시작하면 나타납니다.</translation>
    </message>
    <message>
        <source>and 1 more</source>
        <translation>외 1개</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>외 %1개</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::RestorePreview</name>
    <message>
        <source>and %1 more</source>
        <translation>외 %1개</translation>
    </message>
    <message>
        <source>Restore files to how they were before this message</source>
        <translation>이 메시지 전의 상태로 파일 복원</translation>
    </message>
    <message>
        <source>Restore files to how they were before “%1”</source>
        <translation>“%1” 전의 상태로 파일 복원</translation>
    </message>
    <message>
        <source>Undo the restore</source>
        <translation>복원 취소</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>복원</translation>
    </message>
    <message>
        <source>Restore files</source>
        <translation>파일 복원</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Earlier states of the files are not kept, because the program&apos;s own folder cannot be written to.</source>
        <translation>프로그램 폴더에 쓸 수 없어 파일의 이전 상태를 보관하지 않습니다.</translation>
    </message>
    <message>
        <source>No copy of the files as they were then is kept.</source>
        <translation>그때의 파일은 보관되어 있지 않습니다.</translation>
    </message>
    <message>
        <source>Not kept, and left as they are now: %1.</source>
        <translation>보관되지 않아 지금 상태로 남는 파일: %1.</translation>
    </message>
    <message>
        <source>There is nothing to restore: the files are as they were then.</source>
        <translation>복원할 것이 없습니다. 파일이 그때와 같습니다.</translation>
    </message>
    <message>
        <source>%1, changes back</source>
        <translation>%1, 되돌립니다</translation>
    </message>
    <message>
        <source>%1, comes back</source>
        <translation>%1, 되살립니다</translation>
    </message>
    <message>
        <source>%1, is removed</source>
        <translation>%1, 지웁니다</translation>
    </message>
    <message>
        <source>No lines to show: the file is not text, is very large, or only its permissions differ.</source>
        <translation>보여 줄 줄이 없습니다. 텍스트 파일이 아니거나 매우 크거나 권한만 다릅니다.</translation>
    </message>
    <message>
        <source>Restored: %1. Left as they are: %2.</source>
        <translation>복원: %1개. 그대로 둔 파일: %2개.</translation>
    </message>
    <message>
        <source>The agent is working. Stop it first, so that it does not write to the files meanwhile.</source>
        <translation>에이전트가 작업 중입니다. 그동안 파일에 쓰지 않도록 먼저 중지하세요.</translation>
    </message>
    <message>
        <source>1 task is running. Its changes may be lost.</source>
        <translation>작업 1개가 실행 중입니다. 그 변경 내용은 사라질 수 있습니다.</translation>
    </message>
    <message>
        <source>%1 tasks are running. Their changes may be lost.</source>
        <translation>작업 %1개가 실행 중입니다. 그 변경 내용은 사라질 수 있습니다.</translation>
    </message>
    <message>
        <source>Checking the files…</source>
        <translation>파일을 확인하는 중…</translation>
    </message>
    <message>
        <source>Restoring…</source>
        <translation>복원하는 중…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>This copy was still being made when a command ran. Changes that the command made before a file was copied cannot be undone.</source>
        <translation>이 복사본을 만드는 동안 명령이 실행되었습니다. 파일이 복사되기 전에 그 명령이 바꾼 내용은 되돌릴 수 없습니다.</translation>
    </message>
    <message>
        <source>There is nothing to restore: the files are as they were copied, which was while a command was running.</source>
        <translation>복원할 것이 없습니다. 파일이 복사된 때와 같습니다. 다만 그때 이미 명령이 실행 중이었습니다.</translation>
    </message>
    <message>
        <source>1 file will be changed back.</source>
        <translation>파일 1개를 되돌립니다.</translation>
    </message>
    <message>
        <source>%1 files will be changed back.</source>
        <translation>파일 %1개를 되돌립니다.</translation>
    </message>
    <message>
        <source>1 file will be brought back.</source>
        <translation>파일 1개를 되살립니다.</translation>
    </message>
    <message>
        <source>%1 files will be brought back.</source>
        <translation>파일 %1개를 되살립니다.</translation>
    </message>
    <message>
        <source>1 file will be deleted.</source>
        <translation>파일 1개를 지웁니다.</translation>
    </message>
    <message>
        <source>%1 files will be deleted.</source>
        <translation>파일 %1개를 지웁니다.</translation>
    </message>
    <message>
        <source>Files ignored by git are not touched.</source>
        <translation>git이 무시하는 파일은 건드리지 않습니다.</translation>
    </message>
    <message>
        <source>No file is chosen.</source>
        <translation>선택한 파일이 없습니다.</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>모든 파일</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::RowWidget</name>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>링크 복사</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>메시지 복사</translation>
    </message>
    <message>
        <source>Restore files to here…</source>
        <translation>여기로 파일 복원…</translation>
    </message>
    <message>
        <source>Copy call and result</source>
        <translation>호출과 결과 복사</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>텍스트 복사</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::RunAgainQuestion</name>
    <message>
        <source>Run again</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Run exactly this command?</source>
        <translation>정확히 이 명령을 실행할까요?</translation>
    </message>
    <message>
        <source>It was stored by an earlier run and may have been changed since. Meanwhile cannot tell whether it is the command that ran then.</source>
        <translation>이전 실행에서 저장되었으며 그 뒤에 바뀌었을 수 있습니다. 그때 실행된 명령이 맞는지 Meanwhile은 알 수 없습니다.</translation>
    </message>
    <message>
        <source>Exactly this</source>
        <translation>정확히 이 내용</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::SessionDelegate</name>
    <message>
        <source>Title of the session</source>
        <translation>세션 제목</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::SessionList</name>
    <message>
        <source>Sessions</source>
        <translation>세션</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::SessionNavigator</name>
    <message>
        <source>Export Session</source>
        <translation>세션 내보내기</translation>
    </message>
    <message>
        <source>Markdown (*.md);;JSON (*.json)</source>
        <translation>Markdown (*.md);;JSON (*.json)</translation>
    </message>
    <message>
        <source>The session was exported to %1.</source>
        <translation>세션을 %1에 내보냈습니다.</translation>
    </message>
    <message>
        <source>Another session was opened meanwhile. Your message was not sent.</source>
        <translation>그사이에 다른 세션이 열렸습니다. 메시지를 보내지 않았습니다.</translation>
    </message>
    <message>
        <source>Choose the Project&apos;s New Location</source>
        <translation>프로젝트의 새 위치 선택</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::SessionSidebar</name>
    <message>
        <source>Sessions</source>
        <translation>세션</translation>
    </message>
    <message>
        <source>Search sessions</source>
        <translation>세션 검색</translation>
    </message>
    <message>
        <source>Search in titles and messages of all sessions</source>
        <translation>모든 세션의 제목과 메시지에서 검색</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>검색어 지우기</translation>
    </message>
    <message>
        <source>Clear the search (Escape)</source>
        <translation>검색어 지우기 (Escape)</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>새 세션</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>이름 바꾸기</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>보관</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Unarchive</source>
        <translation>보관 해제</translation>
    </message>
    <message>
        <source>New session in %1</source>
        <translation>%1에서 새 세션</translation>
    </message>
    <message>
        <source>Nothing found for “%1”</source>
        <translation>“%1”에 대한 결과가 없습니다</translation>
    </message>
    <message>
        <source>Sessions of all projects appear here</source>
        <translation>모든 프로젝트의 세션이 여기에 나타납니다</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::SettingsDialog</name>
    <message>
        <source>System</source>
        <translation>시스템</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Ask before commands and changes</source>
        <translation>명령과 변경 전에 묻기</translation>
    </message>
    <message>
        <source>Edit files, ask before commands</source>
        <translation>파일은 편집, 명령은 묻기</translation>
    </message>
    <message>
        <source>Run without asking, outside the box too</source>
        <translation>상자 밖에서도 묻지 않고 실행</translation>
    </message>
    <message>
        <source>Only read and plan</source>
        <translation>읽기와 계획만</translation>
    </message>
    <message>
        <source>Storing the key…</source>
        <translation>키를 저장하는 중…</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>저장했습니다.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Task lo&amp;gs</source>
        <translation>작업 로그(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Variables</source>
        <translation>변수(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Notify of</source>
        <translation>알림(&amp;N)</translation>
    </message>
    <message>
        <source>Run in the box</source>
        <translation>상자 안에서 실행</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::SpokenEvents</name>
    <message>
        <source>%1 is waiting for your answer.</source>
        <translation>%1에서 답을 기다리고 있습니다.</translation>
    </message>
    <message>
        <source>Error: %1</source>
        <translation>오류: %1</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::TaskDelegate</name>
    <message>
        <source>exit 0</source>
        <translation>종료 0</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::TaskFilterModel</name>
    <message>
        <source>Sent</source>
        <comment>to the model</comment>
        <translation>전달</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::TaskPanel</name>
    <message>
        <source>No tasks match the filter</source>
        <translation>필터에 맞는 작업이 없습니다</translation>
    </message>
    <message>
        <source>Long-running commands appear here</source>
        <translation>오래 걸리는 명령이 여기에 나타납니다</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Filter tasks (Ctrl+F)</source>
        <translation>작업 필터 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Filter by command, output or state</source>
        <translation>명령, 출력, 상태로 거르기</translation>
    </message>
    <message>
        <source>Filter tasks by text</source>
        <translation>글자로 작업 거르기</translation>
    </message>
    <message>
        <source>Filter tasks by state</source>
        <translation>상태로 작업 거르기</translation>
    </message>
    <message>
        <source>All</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>실행 중</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Show log</source>
        <translation>로그 보기</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>명령 복사</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Continue in background</source>
        <translation>백그라운드에서 계속</translation>
    </message>
    <message>
        <source>%1 running</source>
        <translation>%1개 실행 중</translation>
    </message>
    <message>
        <source>%1 queued</source>
        <translation>%1개 대기 중</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1개 실패</translation>
    </message>
    <message>
        <source>1 ended</source>
        <translation>1개 끝남</translation>
    </message>
    <message>
        <source>%1 ended</source>
        <translation>%1개 끝남</translation>
    </message>
    <message>
        <source>Press Delete again to stop it</source>
        <translation>Delete를 한 번 더 누르면 중지합니다</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::TaskTable</name>
    <message>
        <source>Tasks</source>
        <translation>작업</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::TextRow</name>
    <message>
        <source>Restore files to here…</source>
        <translation>여기로 파일 복원…</translation>
    </message>
    <message>
        <source>Undo…</source>
        <translation>실행 취소…</translation>
    </message>
    <message>
        <source>Restore files to how they were before this message</source>
        <translation>이 메시지 전의 상태로 파일 복원</translation>
    </message>
    <message>
        <source>Undo the restore</source>
        <translation>복원 취소</translation>
    </message>
    <message>
        <source>Show all %1 characters</source>
        <translation>%1자 모두 보기</translation>
    </message>
    <message>
        <source>Show %1 more lines</source>
        <translation>%1줄 더 보기</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::TextSurface</name>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>%1 · Copy</source>
        <translation>%1 · 복사</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>코드 복사</translation>
    </message>
    <message>
        <source>Copy %1 code</source>
        <translation>%1 코드 복사</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ThinkingRow</name>
    <message>
        <source>Thinking…</source>
        <translation>생각하는 중…</translation>
    </message>
    <message>
        <source>Thought</source>
        <translation>생각</translation>
    </message>
    <message>
        <source>The model is thinking</source>
        <translation>모델이 생각하고 있습니다</translation>
    </message>
    <message>
        <source>The model&apos;s thinking</source>
        <translation>모델의 생각</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ThumbnailButton</name>
    <message>
        <source>Image %1, %2</source>
        <translation>이미지 %1, %2</translation>
    </message>
    <message>
        <source>Opens the image</source>
        <translation>이미지를 엽니다</translation>
    </message>
    <message>
        <source>Cannot be shown</source>
        <translation>표시할 수 없음</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::TitleRow</name>
    <message>
        <source>Ask</source>
        <translation>묻기</translation>
    </message>
    <message>
        <source>Reads are allowed; commands and edits need approval</source>
        <translation>읽기는 허용, 명령과 편집은 승인 필요</translation>
    </message>
    <message>
        <source>Edits</source>
        <translation>편집</translation>
    </message>
    <message>
        <source>Edit files, ask before commands</source>
        <translation>파일은 편집, 명령은 묻기</translation>
    </message>
    <message>
        <source>Edits in the project are allowed; commands need approval</source>
        <translation>프로젝트 안의 편집은 허용, 명령은 승인 필요</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>계획</translation>
    </message>
    <message>
        <source>Read only</source>
        <translation>읽기 전용</translation>
    </message>
    <message>
        <source>Reads run; everything else is refused</source>
        <translation>읽기만 하고 나머지는 거절합니다</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>메뉴</translation>
    </message>
    <message>
        <source>Menu (F10)</source>
        <translation>메뉴 (F10)</translation>
    </message>
    <message>
        <source>What runs without asking: %1</source>
        <translation>묻지 않고 실행하는 것: %1</translation>
    </message>
    <message>
        <source>Ask before commands and edits</source>
        <translation>명령과 편집 전에 묻기</translation>
    </message>
    <message>
        <source>Run without asking</source>
        <translation>묻지 않고 실행</translation>
    </message>
    <message>
        <source>Commands run without asking, outside the box too; files elsewhere need approval</source>
        <translation>명령은 상자 밖에서도 묻지 않고 실행되며, 다른 곳의 파일은 승인이 필요합니다</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>상자</translation>
    </message>
    <message>
        <source>Run in the box</source>
        <translation>상자 안에서 실행</translation>
    </message>
    <message>
        <source>Edits in the project and commands in the box run; leaving either needs approval</source>
        <translation>프로젝트 안의 편집과 상자 안의 명령은 실행되고, 그 밖으로 나가려면 승인이 필요합니다</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ToolRow</name>
    <message>
        <source>Continue in background</source>
        <translation>백그라운드에서 계속</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Show task</source>
        <translation>작업 보기</translation>
    </message>
    <message>
        <source>Continue %1 in background</source>
        <translation>%1을(를) 백그라운드에서 계속</translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation>%1 중지</translation>
    </message>
    <message>
        <source>Show the task %1</source>
        <translation>작업 %1 보기</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>출력</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>대기 중</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::TranscriptView</name>
    <message>
        <source>Jump to latest</source>
        <translation>최신으로 이동</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>대화</translation>
    </message>
    <message>
        <source>New session from here</source>
        <translation>여기서부터 새 세션</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Bring it back (Ctrl+Z)</source>
        <translation>되돌리기 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Deleted “%1”</source>
        <translation>“%1” 삭제됨</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::WindowActions</name>
    <message>
        <source>Summarise conversation</source>
        <translation>대화 요약하기</translation>
    </message>
    <message>
        <source>Summarise conversation (%1)</source>
        <translation>대화 요약하기 (%1)</translation>
    </message>
    <message>
        <source>open a folder first</source>
        <translation>먼저 폴더를 여세요</translation>
    </message>
    <message>
        <source>Open Folder…</source>
        <translation>폴더 열기…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>설정…</translation>
    </message>
    <message>
        <source>Task panel</source>
        <translation>작업 패널</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>About Meanwhile</source>
        <translation>Meanwhile 정보</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>System</source>
        <translation>시스템</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Meanwhile %1
A coding agent that keeps working while its commands run.</source>
        <translation>Meanwhile %1
명령이 실행되는 동안에도 계속 일하는 코딩 에이전트.</translation>
    </message>
    <message>
        <source>MIT licence. Icons: Lucide, ISC licence.</source>
        <translation>MIT 라이선스. 아이콘: Lucide, ISC 라이선스.</translation>
    </message>
    <message>
        <source>Open Folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Attach images or mention files</source>
        <translation>이미지 첨부 또는 파일 언급</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>새 세션</translation>
    </message>
    <message>
        <source>New session from this one</source>
        <translation>이 세션에서 새 세션</translation>
    </message>
    <message>
        <source>Export session…</source>
        <translation>세션 내보내기…</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>세션</translation>
    </message>
    <message>
        <source>Search sessions</source>
        <translation>세션 검색</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::WindowTitle</name>
    <message>
        <source>%1 · Meanwhile</source>
        <translation>%1 · Meanwhile</translation>
    </message>
    <message>
        <source>%1 · %2 · Meanwhile</source>
        <translation>%1 · %2 · Meanwhile</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Wire</name>
    <message>
        <source>Could not connect to %1. Check the address, and that the server is running.</source>
        <translation>%1에 연결하지 못했습니다. 주소와 서버가 실행 중인지 확인하세요.</translation>
    </message>
    <message>
        <source>%1 was not found. Check the network connection and the address.</source>
        <translation>%1을(를) 찾을 수 없습니다. 네트워크 연결과 주소를 확인하세요.</translation>
    </message>
    <message>
        <source>The connection to %1 failed or broke off. Check the network, then try again.</source>
        <translation>%1에 연결하지 못했거나 연결이 끊어졌습니다. 네트워크를 확인한 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>an unnamed issuer</source>
        <translation>이름 없는 발급자</translation>
    </message>
    <message>
        <source>another name</source>
        <translation>다른 이름</translation>
    </message>
    <message>
        <source>The certificate of %1 ended on %2, and this computer&apos;s date is %3. Set the date if it is wrong; otherwise tell whoever runs the server.</source>
        <translation>%1의 인증서는 %2에 만료되었고 이 컴퓨터의 날짜는 %3입니다. 날짜가 틀렸으면 맞추고, 아니면 서버 관리자에게 알리세요.</translation>
    </message>
    <message>
        <source>The certificate of %1 begins on %2, and this computer&apos;s date is %3. Set the computer&apos;s date, then try again.</source>
        <translation>%1의 인증서는 %2부터 유효한데 이 컴퓨터의 날짜는 %3입니다. 컴퓨터의 날짜를 맞춘 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The server at %1 shows a certificate for %2. Check the address; a network that asks to sign in first does this too.</source>
        <translation>%1의 서버가 %2의 인증서를 보여 줍니다. 주소를 확인하세요. 먼저 로그인해야 하는 네트워크에서도 이런 일이 생깁니다.</translation>
    </message>
    <message>
        <source>The certificate of %1 was issued by %2, which this computer does not know. If it is your own server or your company&apos;s proxy, set MEANWHILE_CA_FILE to the issuer&apos;s certificate (PEM) and start again.</source>
        <translation>%1의 인증서는 이 컴퓨터가 모르는 %2에서 발급했습니다. 직접 운영하는 서버이거나 회사의 프록시라면 MEANWHILE_CA_FILE에 발급자의 인증서(PEM)를 지정하고 다시 시작하세요.</translation>
    </message>
    <message>
        <source>The certificate of %1 cannot be trusted. Check the address, and the computer&apos;s date.</source>
        <translation>%1의 인증서를 믿을 수 없습니다. 주소와 컴퓨터의 날짜를 확인하세요.</translation>
    </message>
    <message>
        <source>No secure connection to %1 could be made. Check the address, and whether it begins with http or https.</source>
        <translation>%1에 안전하게 연결하지 못했습니다. 주소와, http인지 https인지를 확인하세요.</translation>
    </message>
    <message>
        <source>The proxy for %1 does not answer. Check the proxy settings of the system.</source>
        <translation>%1에 쓰는 프록시가 응답하지 않습니다. 시스템의 프록시 설정을 확인하세요.</translation>
    </message>
    <message>
        <source>The proxy for %1 asks for a name and a password. Put them into the proxy address, e.g. https_proxy=http://name:password@proxy:3128, and start again.</source>
        <translation>%1에 쓰는 프록시가 이름과 비밀번호를 요구합니다. https_proxy=http://name:password@proxy:3128처럼 프록시 주소에 넣고 다시 시작하세요.</translation>
    </message>
    <message>
        <source>The file %1 holds no certificate (PEM). Correct MEANWHILE_CA_FILE and start again.</source>
        <translation>파일 %1에 인증서(PEM)가 없습니다. MEANWHILE_CA_FILE을 고치고 다시 시작하세요.</translation>
    </message>
    <message>
        <source>“%1” is not the address of a server. Correct the provider&apos;s address: it begins with https:// or http://, such as https://api.example.com.</source>
        <translation>“%1”은(는) 서버 주소가 아닙니다. 제공자의 주소를 고치세요. https://api.example.com처럼 https:// 또는 http://로 시작합니다.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Wire::ReplyStream</name>
    <message>
        <source>%1 has been silent for too long. Try again.</source>
        <translation>%1이(가) 너무 오래 응답하지 않습니다. 다시 시도하세요.</translation>
    </message>
    <message>
        <source>%1 answers in a compression (%2) that was not asked for and cannot be read. Check the gateway&apos;s settings.</source>
        <translation>%1이(가) 요청하지 않은, 읽을 수 없는 압축(%2)으로 응답합니다. 게이트웨이의 설정을 확인하세요.</translation>
    </message>
    <message>
        <source>The answer of %1 was damaged on its way. Try again.</source>
        <translation>%1의 응답이 오는 길에 손상되었습니다. 다시 시도하세요.</translation>
    </message>
</context>
<context>
    <name>ModuleKeyStore</name>
    <message>
        <source>No keychain can be used on this computer.</source>
        <translation>이 컴퓨터에서는 키체인을 쓸 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>Image</source>
        <translation>이미지</translation>
    </message>
</context>
<context>
    <name>ProviderForm</name>
    <message>
        <source>&amp;Provider</source>
        <translation>제공자(&amp;P)</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>제공자</translation>
    </message>
    <message>
        <source>A&amp;dd…</source>
        <translation>추가(&amp;D)…</translation>
    </message>
    <message>
        <source>Add a provider: a service, a gateway or a server on this computer</source>
        <translation>제공자 추가: 서비스, 게이트웨이, 또는 이 컴퓨터의 서버</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>삭제(&amp;L)</translation>
    </message>
    <message>
        <source>Delete this provider and its key when you save</source>
        <translation>저장할 때 이 제공자와 키를 지웁니다</translation>
    </message>
    <message>
        <source>On this computer:</source>
        <translation>이 컴퓨터:</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>이름(&amp;N)</translation>
    </message>
    <message>
        <source>Name of the provider</source>
        <translation>제공자의 이름</translation>
    </message>
    <message>
        <source>Pr&amp;otocol</source>
        <translation>프로토콜(&amp;O)</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>프로토콜</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>주소(&amp;A)</translation>
    </message>
    <message>
        <source>Address of the provider</source>
        <translation>제공자의 주소</translation>
    </message>
    <message>
        <source>&amp;Key</source>
        <translation>키(&amp;K)</translation>
    </message>
    <message>
        <source>Key of the provider</source>
        <translation>제공자의 키</translation>
    </message>
    <message>
        <source>S&amp;how</source>
        <translation>보이기(&amp;H)</translation>
    </message>
    <message>
        <source>Show the key in plain text</source>
        <translation>키를 그대로 보이기</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>지우기(&amp;R)</translation>
    </message>
    <message>
        <source>Forget the stored key when you save</source>
        <translation>저장할 때 보관된 키를 잊습니다</translation>
    </message>
    <message>
        <source>About the key</source>
        <translation>키에 대하여</translation>
    </message>
    <message>
        <source>E&amp;xtra headers</source>
        <translation>추가 헤더(&amp;X)</translation>
    </message>
    <message>
        <source>Extra headers</source>
        <translation>추가 헤더</translation>
    </message>
    <message>
        <source>One on each line, as Name: value. {key} stands for the key.</source>
        <translation>한 줄에 하나씩, 이름: 값. {key}는 키를 뜻합니다.</translation>
    </message>
    <message>
        <source>Name: value</source>
        <translation>이름: 값</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>모델(&amp;M)</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>&amp;Test connection</source>
        <translation>연결 시험(&amp;T)</translation>
    </message>
    <message>
        <source>Ask the provider for its models with this address and key</source>
        <translation>이 주소와 키로 제공자에게 모델 목록을 요청합니다</translation>
    </message>
    <message>
        <source>Connection is being tested</source>
        <translation>연결을 시험하는 중</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>결과</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Th&amp;eme</source>
        <translation>테마(&amp;E)</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Pe&amp;rmissions</source>
        <translation>권한(&amp;I)</translation>
    </message>
    <message>
        <source>Permission mode</source>
        <translation>권한 모드</translation>
    </message>
</context>
</TS>
