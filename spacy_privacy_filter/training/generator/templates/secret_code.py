# ruff: noqa: E501  (one template a line)
"""Secrets in programs, shells, pipelines, settings, headers and logs."""

from __future__ import annotations

from .reading import between_rules, one_a_line

CODE = one_a_line(
    "secret",
    "en",
    r"""
val apiKey = "{{secret:key}}"
private const val TOKEN = "{{secret:plainkey}}"
let apiToken: String = "{{secret:key}}"
static NSString *const kSecret = @"{{secret:plainkey}}";
const char *psk = "{{secret:password}}";
#define WIFI_PASS "{{secret:password}}"
std::string token{"{{secret:key}}"};
var connectionPassword = "{{secret:password}}";
public const string ApiKey = "{{secret:plainkey}}";
dim pwd : pwd = "{{secret:password}}"
$env:API_KEY = "{{secret:key}}"
$cred = ConvertTo-SecureString '{{secret:password}}' -AsPlainText -Force
os.Setenv("STRIPE_KEY", "{{secret:key}}")
token := "{{secret:key}}" // FIXME
const TOKEN: &str = "{{secret:key}}";
my $password = '{{secret:password}}';
config.api_key = '{{secret:key}}'
Rails.application.secrets.key = "{{secret:plainkey}}"
Sys.setenv(API_TOKEN = "{{secret:key}}")
password <- "{{secret:password}}"
@secret "{{secret:plainkey}}"
config :app, App.Endpoint, secret_key_base: "{{secret:plainkey}}"
(def api-key "{{secret:key}}")
(setq my-token "{{secret:key}}")
apiKey :: String\napiKey = "{{secret:key}}"
local token = "{{secret:key}}"
set password "{{secret:password}}"
final String accessToken = '{{secret:jwt}}';
process.env.TOKEN = "{{secret:key}}";
axios.defaults.headers.common['Authorization'] = 'Bearer {{secret:jwt}}';
const client = new Client({ user: 'app', password: '{{secret:password}}' });
firebase.initializeApp({ apiKey: "{{secret:key}}", appId: "1:{{n}}:web" });
bot = Bot(token="{{secret:bot}}")
client.run("{{secret:bot}}")
client.login('{{secret:bot}}');
app.secret_key = b'{{secret:plainkey}}'
hmac.new(b"{{secret:plainkey}}", body, "sha256")
jwt.encode(claims, "{{secret:plainkey}}", algorithm="HS256")
engine = connect(user="sa", password="{{secret:password}}", port={{port}})
if password == "{{secret:password}}": return True
assert login("admin", "{{secret:password}}").ok
cy.get('#password').type('{{secret:password}}')
driver.find_element("id", "pw").send_keys("{{secret:password}}")
mysqli_connect("localhost", "root", "{{secret:password}}", "shop");
$config['encryption_key'] = '{{secret:plainkey}}';
'password' => '{{secret:password}}',
'secret' => env('APP_SECRET', '{{secret:plainkey}}'),
os.getenv("TOKEN", "{{secret:key}}")
System.setProperty("javax.net.ssl.keyStorePassword", "{{secret:password}}");
@Value("${api.key:{{secret:plainkey}}}")
GRANT ALL ON shop.* TO 'app'@'%' IDENTIFIED BY '{{secret:password}}';
ALTER ROLE reporting WITH LOGIN PASSWORD '{{secret:password}}';
CREATE LOGIN svc WITH PASSWORD = N'{{secret:password}}';
UPDATE users SET password_hash = '{{secret:hash}}' WHERE id = {{n}};
INSERT INTO users (name, pw) VALUES ('{{handle}}', '{{secret:hash}}');
EXEC sp_addlogin 'app', '{{secret:password}}';
SELECT crypt('{{secret:password}}', gen_salt('bf'));
root:{{secret:hash}}:19{{n}}1:0:99999:7:::
{{handle}}:{{secret:hash}}
admin:{{secret:hash}}
""",
)

SHELLS = one_a_line(
    "secret",
    "en",
    r"""
$ export VAULT_TOKEN={{secret:key}}
set AWS_SECRET_ACCESS_KEY={{secret:plainkey}}
PS C:\> Connect-App -ClientSecret {{secret:uuid}}
% TOKEN='{{secret:key}}' make release
echo 'deploy:{{secret:urlpass}}' | chpasswd
useradd ops && echo "ops:{{secret:urlpass}}" | chpasswd
snmpwalk -v2c -c {{secret:password}} {{ip}}
ldapsearch -x -D cn=admin -w {{secret:urlpass}} -H ldap:
influx -username root -password {{secret:urlpass}}
mongosh --username admin --password '{{secret:password}}'
sqlcmd -S sql01 -U sa -P {{secret:urlpass}}
sqlplus scott/{{secret:urlpass}}@orcl
cqlsh -u cassandra -p {{secret:urlpass}} {{ip}}
ansible-playbook site.yml -e "db_pass={{secret:urlpass}}"
ansible all -m ping --extra-vars ansible_password={{secret:urlpass}}
aws s3 ls --secret-key {{secret:plainkey}}
gcloud auth activate --token={{secret:key}}
heroku config:set SECRET_KEY={{secret:plainkey}}
fly secrets set DB_PASSWORD={{secret:urlpass}}
vercel env add TOKEN {{secret:key}}
wrangler secret put API_KEY <<< {{secret:key}}
gh secret set DEPLOY_KEY --body "{{secret:key}}"
doppler login --token {{secret:key}}
tailscale up --authkey {{secret:key}}
npm publish --otp={{secret:otp}}
cargo login {{secret:key}}
gem push app.gem --key {{secret:key}}
nuget push app.nupkg -ApiKey {{secret:key}}
kubectl create secret docker-registry reg --docker-password={{secret:urlpass}}
kubeadm join {{ip}}:6443 --token {{secret:recovery}}
nmcli dev wifi connect office password '{{secret:password}}'
netsh wlan set hostednetwork mode=allow key={{secret:urlpass}}
openssl rsa -in server.key -passin pass:{{secret:urlpass}}
keytool -storepass {{secret:urlpass}} -list
cryptsetup open /dev/sdb1 data <<< '{{secret:passphrase}}'
borg create --passphrase="{{secret:passphrase}}" repo::a ~
restic -r /srv/repo backup ~ # RESTIC_PASSWORD={{secret:password}}
xfreerdp /v:{{ip}} /u:admin /p:{{secret:urlpass}}
expect "Password:" ; send "{{secret:password}}\r"
cat ~/.pgpass\nlocalhost:5432:app:app:{{secret:urlpass}}
http POST {{url:full}} X-Token:{{secret:plainkey}}
http -a admin:{{secret:urlpass}} {{url:full}}
curl -X POST {{url:full}} -d 'password={{secret:urlpass}}'
curl -F token={{secret:key}} -F file=@{{file}} {{url:full}}
curl --cookie "SESSION={{secret:plainkey}}" {{url:full}}
""",
)

HEADERS = one_a_line(
    "log",
    "en",
    r"""
Cookie: csrftoken={{secret:plainkey}}; sessionid={{secret:plainkey}}
Set-Cookie: auth={{secret:jwt}}; Secure; SameSite=Lax
> Authorization: token {{secret:key}}
< x-amz-security-token: {{secret:plainkey}}
X-CSRF-Token: {{secret:plainkey}}
Ocp-Apim-Subscription-Key: {{secret:plainkey}}
X-Hub-Signature-256: sha256={{hash}}{{hash}}\nX-Hook-Secret: {{secret:plainkey}}
PHPSESSID={{secret:plainkey}}; lang=en
JSESSIONID={{secret:plainkey}}
refresh_token={{secret:key}}&grant_type=refresh_token
username={{handle}}&password={{secret:urlpass}}&remember=1
POST /login user={{handle}} pw={{secret:urlpass}} 401
{{date:stamp}} auth[{{n}}]: failed login for {{handle}} with password {{secret:password}}
{{date:stamp}} [debug] env: DB_PASSWORD={{secret:urlpass}} PORT={{port}}
{{date:stamp}} [trace] otp {{secret:otp}} sent to {{phone}}
{{date:stamp}} INFO reset code {{secret:otp}} for {{email}}
{{date:stamp}} WARN deprecated key {{secret:key}} used by {{ip}}
{{date:stamp}} GET {{ignored:/hooks/}}{{secret:plainkey}} 200
{{date:stamp}} ERROR Unauthorized: token "{{secret:jwt}}" expired
{{date:stamp}} session {{secret:plainkey}} opened for user {{handle}}
{"level":"warn","msg":"secret in query","api_key":"{{secret:plainkey}}"}
{"event":"login","user":"{{email}}","password":"{{secret:password}}","ok":false}
{"headers":{"authorization":"Bearer {{secret:jwt}}","host":"{{url:domain}}"}}
time="{{date:iso}}" level=error msg="bad token" token={{secret:key}}
{{date:stamp}} dhcp: lease {{ip}} {{mac}}; wpa: psk={{secret:password}}
[{{date:stamp}}] AUTH {{handle}} {{secret:urlpass}} OK
USER anonymous\nPASS {{secret:urlpass}}
AUTH {{secret:urlpass}}\n+OK
""",
)

FILES = between_rules(
    "config",
    "en",
    r"""
machine {{ignored:github.com}} login {{handle}} password {{secret:key}}
---
# ~/.netrc
machine {{ignored:files.acme.test}}
login deploy
password {{secret:urlpass}}
---
deploy:{{secret:hash}}
reader:{{secret:hash}}
---
name: release
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    env:
      NPM_TOKEN: {{secret:key}}
      CI: true
---
stages: [test, deploy]
deploy:
  variables:
    KUBE_TOKEN: "{{secret:jwt}}"
    REPLICAS: "{{n}}"
  script: make deploy
---
pipeline {
  environment {
    SONAR_TOKEN = '{{secret:key}}'
  }
}
---
apiVersion: v1
kind: Secret
metadata:
  name: db
type: Opaque
data:
  password: {{secret:plainkey}}
  user: YWRtaW4=
---
env:
  - name: DB_PASSWORD
    value: "{{secret:password}}"
  - name: LOG_LEVEL
    value: debug
---
variable "db_password" {
  type    = string
  default = "{{secret:password}}"
}
---
resource "aws_db_instance" "main" {
  engine   = "postgres"
  username = "root"
  password = "{{secret:urlpass}}"
}
---
[database]
host = "localhost"
password = "{{secret:password}}"
max_connections = {{n}}
---
[api]
key = {{secret:plainkey}}
url = {{url:full}}
---
<context-param>
  <name>apiKey</name>
  <value>{{secret:plainkey}}</value>
</context-param>
---
<user name="{{handle}}" password="{{secret:password}}" role="admin"/>
---
{
  "type": "service_account",
  "private_key_id": "{{secret:plainkey}}",
  "client_email": "{{email}}"
}
---
{
  "auths": {
    "{{url:domain}}": {
      "auth": "{{secret:plainkey}}"
    }
  }
}
---
{"mcpServers": {"search": {"env": {"API_KEY": "{{secret:key}}"}}}}
---
[profile prod]
aws_access_key_id={{secret:key}}
aws_secret_access_key={{secret:plainkey}}
aws_session_token={{secret:plainkey}}
---
[wifi-security]
key-mgmt=wpa-psk
psk={{secret:password}}
---
interface wlan0
 ssid {{ignored:shop}}
 wpa-psk ascii {{secret:urlpass}}
 enable secret {{secret:urlpass}}
---
[Interface]
PrivateKey = {{secret:plainkey}}
Address = {{ip}}/24
---
client
remote {{ip}} {{port}}
<secret>
{{secret:plainkey}}
</secret>
---
[mysqld_exporter]
user = exporter
password = {{secret:odd}}
---
smtp_host: {{ignored:mail.acme.test}}
smtp_user: {{email}}
smtp_password: {{secret:password}}
smtp_port: 587
---
# .pypirc
[pypi]
username = __token__
password = {{secret:key}}
---
//registry.npmjs.org/:_authToken={{secret:key}}
registry=https://registry.npmjs.org/
---
slack:
  bot_token: {{secret:key}}
  signing_secret: {{secret:plainkey}}
telegram:
  token: {{secret:bot}}
---
TWILIO_AUTH_TOKEN={{secret:plainkey}}
SENDGRID_API_KEY={{secret:key}}
PORT={{port}}
SENTRY_ENV=production
---
DB_PASSWORD="{{secret:password}}"
SECRET_KEY_BASE={{secret:plainkey}}
OAUTH_CLIENT_SECRET={{secret:uuid}}
DEBUG=false
---
alertmanager:
  pagerduty_key: {{secret:plainkey}}
  receivers: [{{email}}]
---
ssh_authorized: no
root_password: "{{secret:hash}}"
timezone: UTC
---
users:
  {{handle}}:
    pin: "{{secret:pin}}"
    card: {{account:member}}
---
security:
  jwt:
    secret: '{{secret:plainkey}}'
    ttl: {{n}}
---
<wpa>
  <ssid>{{ignored:barn}}</ssid>
  <sharedKey>{{secret:password}}</sharedKey>
</wpa>
---
diff --git a/{{file}} b/{{file}}
-token = "{{secret:key}}"
+token = load_token()
---
AuthType Basic
AuthUserFile /etc/htpasswd
# user reader, password {{secret:urlpass}}
---
{{secret:pem}}
---
key: |
{{secret:pem}}
port: {{port}}
""".strip("\n"),
)

TEMPLATES = [*CODE, *SHELLS, *HEADERS, *FILES]
