import{a as e,c as t,d as n,f as r,i,l as a,m as o,n as s,o as c,p as l,r as u,s as d,u as f}from"./shared.js";import{a as p,c as ee,d as m,f as h,i as g,l as _,n as v,o as y,p as b,r as x,s as te,t as S,u as ne}from"./shared2.js";var C=class extends Error{constructor(e){super(e),this.code=e}},re={facingMode:`user`,width:{ideal:640},frameRate:{ideal:15,max:30}},ie=.8,ae=8e3,oe={NotAllowedError:`camera-refused`,PermissionDeniedError:`camera-refused`,SecurityError:`camera-refused`,NotFoundError:`camera-none`,DevicesNotFoundError:`camera-none`,OverconstrainedError:`camera-none`,NotReadableError:`camera-busy`,TrackStartError:`camera-busy`,AbortError:`camera-busy`};function w(e){return e instanceof C?e.code:oe[typeof e==`object`&&e&&`name`in e?String(e.name):``]??`camera-busy`}async function T(e,t){if(!window.isSecureContext)throw new C(`insecure`);if(!navigator.mediaDevices?.getUserMedia)throw new C(`camera-unsupported`);let n;try{n=await navigator.mediaDevices.getUserMedia({video:e,audio:!1})}catch(e){throw new C(w(e))}for(let e of n.getTracks())e.addEventListener(`ended`,t);return{stream:n,close:()=>{for(let e of n.getTracks())e.removeEventListener(`ended`,t),e.stop()}}}async function E(e,t){e.srcObject=t,e.muted=!0,await e.play().catch(()=>void 0);let n=performance.now()+ae;for(;e.readyState<HTMLMediaElement.HAVE_CURRENT_DATA||e.videoWidth===0;){if(performance.now()>n)throw new C(`camera-silent`);await new Promise(e=>setTimeout(e,50))}}function se(e,t){let n=!0;if(`requestVideoFrameCallback`in e){let r=()=>{n&&(e.requestVideoFrameCallback(r),t())};return e.requestVideoFrameCallback(r),()=>void(n=!1)}let r=e,i=-1,a=window.setInterval(()=>{r.currentTime!==i&&t(),i=r.currentTime},15);return()=>window.clearInterval(a)}function D(e,t=640){let n=Math.min(1,t/Math.max(e.width,e.height));return{width:Math.round(e.width*n),height:Math.round(e.height*n)}}function ce(e,t){let n=Math.min(e.width/t.width,e.height/t.height),[r,i]=[t.width*n,t.height*n];return[(e.width-r)/2,(e.height-i)/2,r,i]}var le=class{#e=document.createElement(`canvas`);#t=!1;grab(e){let t={width:e.videoWidth,height:e.videoHeight};if(t.width===0||t.height===0)return Promise.resolve(null);this.#t||=(Object.assign(this.#e,D(t)),!0);let{width:n,height:r}=this.#e,i=this.#e.getContext(`2d`,{alpha:!1});return i===null?Promise.resolve(null):(i.drawImage(e,...ce(t,this.#e),0,0,n,r),new Promise(e=>this.#e.toBlob(e,`image/jpeg`,ie)))}},O={Normal:1e3,Restart:1012,BadMessage:4400,Token:4401,Origin:4403,Silence:4408,TooLarge:4413,TooMany:4429},ue=e=>JSON.stringify({type:`hello`,version:1,token:e}),de=JSON.stringify({type:`stop`});function fe(e,t){let n=new Uint8Array(8),r=new DataView(n.buffer);return r.setUint32(0,e),r.setUint32(4,Math.max(0,Math.round(t))),n}var k={ready:{attempt:`number`,of:`number`,line:`string`,actions:`number`,seconds:`number`},wait:{seconds:`number`},seen:{frame:`number`,guidance:`text?`,action:`text?`,step:`number`,of:`number`,done:`number`},dropped:{frame:`number`},judging:{},done:{state:`string`,reasons:`reasons`,attempts_left:`number`,folio:`string`},error:{code:`string`,text:`string`,again:`boolean`}};function pe(e){let t;try{t=JSON.parse(String(e))}catch{return null}if(typeof t!=`object`||!t||!(`type`in t))return null;let n=Object.hasOwn(k,String(t.type))?k[t.type]:void 0;if(n===void 0)return null;let r=t;return Object.entries(n).every(([e,t])=>me(r[e],t))?t:null}function me(e,t){return t===`text?`?e===null||typeof e==`string`:t===`reasons`?Array.isArray(e)&&e.every(e=>typeof e?.code==`string`):typeof e===t&&(t!==`number`||Number.isFinite(e))}var A={phase:`idle`,token:null,claimed:!1,replaced:!1,tries:0,stopping:!1,ready:null,seen:null,trouble:null,done:null,heard:0,slow:!1},j=[400,1500,3e3,6e3,1e4],he=2500,ge=3e3,M=[{do:`disconnect`},{do:`close-camera`}];function _e(e,t){switch(t.type){case`start`:return e.phase!==`idle`&&e.phase!==`done`?[e,[]]:P({...A,token:t.token},`camera`,t.at,[{do:`open-camera`}]);case`camera-open`:return e.phase===`camera`?F(e,t.at):[e,[{do:`close-camera`}]];case`camera-failed`:return ve(e)?L(e,{code:t.code,text:null,again:!0},t.at):[e,[]];case`message`:return be(e,t.message,t.at);case`closed`:return we(e,t.code,t.at);case`token`:return N(e)?F({...e,token:t.token,claimed:!1},t.at):[e,[]];case`token-failed`:return N(e)?t.again?I(e,t.at):L(e,{...t,again:!1},t.at):[e,[]];case`over`:return N(e)?R(e,t.at):[e,[]];case`renew`:return e.phase===`renewing`?F(e,t.at):[e,[]];case`tick`:return Te(e,t.at);case`hidden`:return e.phase!==`running`||e.stopping?[e,[]]:L(e,{code:`hidden`,text:null,again:!0},t.at);case`retry`:return e.phase===`trouble`?P({...e,trouble:null,tries:0,replaced:!1,seen:null},`camera`,t.at,[{do:`open-camera`}]):[e,[]];case`stop`:return Ee(e,t.at);case`leave`:return e.phase===`idle`?[e,[]]:[{...A},[...M,{do:`emit`,name:`capture-left`,detail:ye(e)}]]}}var ve=e=>![`idle`,`judging`,`trouble`,`done`].includes(e.phase),N=e=>(e.phase===`renewing`||e.phase===`connecting`)&&(e.token===null||e.claimed),ye=e=>({code:e.trouble?.code??null});function P(e,t,n,r=[]){return[{...e,phase:t,heard:n,slow:!1},r]}function F(e,t){return e.token===null||e.claimed?P(e,e.ready===null?`connecting`:`renewing`,t,[{do:`ask-token`}]):P(e,`connecting`,t,[{do:`connect`,token:e.token}])}function I(e,t,n=j[e.tries]){return n===void 0||e.tries>=j.length?L(e,{code:`lost`,text:null,again:!0},t):P({...e,tries:e.tries+1,seen:null},`renewing`,t,[{do:`disconnect`},{do:`renew-in`,milliseconds:n}])}function L(e,t,n){let{code:r,text:i,again:a}=t,[o]=P({...e,trouble:{code:r,text:i,again:a},stopping:!1},`trouble`,n);return[o,[...M,{do:`emit`,name:`capture-error`,detail:{code:r,again:a}}]]}function R(e,t){let n={state:null,reasons:[],attemptsLeft:null,folio:null};return P(e,`done`,t,[...M,{do:`emit`,name:`capture-done`,detail:n}])}function be(e,t,n){if(!ve(e)&&e.phase!==`judging`)return[e,[]];let r={...e,heard:n,slow:!1};switch(t.type){case`ready`:return P({...r,claimed:!0,tries:0,replaced:!1,ready:t,seen:null},`running`,n,[{do:`emit`,name:`capture-ready`,detail:{attempt:t.attempt,of:t.of,line:t.line}}]);case`wait`:return P(r,`waiting`,n);case`seen`:return xe(r,t);case`dropped`:return[r,[]];case`judging`:return P(r,`judging`,n,[{do:`close-camera`}]);case`done`:return Se(r,t,n);case`error`:return t.code===`token-invalid`&&!e.replaced?z(r,n):L(r,t,n)}}function xe(e,t){let n=e.seen,r=n?.step===t.step&&n.action===t.action&&n.guidance===t.guidance,i={step:t.step,of:t.of,action:t.action,guidance:t.guidance};return[{...e,seen:t},r?[]:[{do:`emit`,name:`capture-progress`,detail:i}]]}function Se(e,t,n){let r={state:t.state,reasons:t.reasons,attemptsLeft:t.attempts_left,folio:t.folio};return P({...e,done:t},`done`,n,[...M,{do:`emit`,name:`capture-done`,detail:r}])}function z(e,t){return P({...e,token:null,claimed:!1,replaced:!0},`renewing`,t,[{do:`disconnect`},{do:`ask-token`}])}var Ce={[O.BadMessage]:{code:`capture-failed`,text:null,again:!0},[O.Origin]:{code:`origin`,text:null,again:!1},[O.Silence]:{code:`silence`,text:null,again:!0},[O.TooLarge]:{code:`frame-too-large`,text:null,again:!0},[O.TooMany]:{code:`busy`,text:null,again:!0}};function we(e,t,n){if(e.phase===`judging`)return R(e,n);if(![`connecting`,`waiting`,`running`].includes(e.phase))return[e,[]];if(t===O.Token&&!e.replaced)return z(e,n);if(t===O.Token)return L(e,{code:`token-invalid`,text:null,again:!1},n);let r=Ce[t];return r===void 0?e.stopping?R(e,n):t===O.Restart?I(e,n,he):I(e,n):L(e,r,n)}function Te(e,t){let n=t-e.heard;if(e.phase===`judging`)return n>3e4?R(e,t):[e,[]];if(![`connecting`,`waiting`,`running`].includes(e.phase))return[e,[]];if(n>11e3)return e.stopping?R(e,t):I(e,t);let r=n>ge;return r===e.slow?[e,[]]:[{...e,slow:r},[]]}function Ee(e,t){return e.phase===`running`?P({...e,stopping:!0},`running`,t,[{do:`send-stop`},{do:`close-camera`}]):e.phase===`judging`?[e,[]]:_e(e,{type:`leave`,at:t})}var B=1e3/15,V=class{#e=new Set;#t=0;#n=-1/0;get unanswered(){return this.#e.size}take(e){if(this.#e.size>=2||e<this.#n-8)return null;let t=this.#t++;return this.#n=Math.max(this.#n+B,e+B/2),this.#e.add(t),t}answered(e){this.#e.delete(e)}untaken(e){this.#e.delete(e),e===this.#t-1&&(this.#t=e)}},H=class extends Error{constructor(e,t=null,n=!1){super(e),this.code=e,this.text=t,this.again=n}},U=class extends Error{},De=500,Oe=class{#e;#t;#n;#r;#i;#a;#o;#s;#c;constructor(e){this.ports=e,this.model=A,this.#e=null,this.#t=0,this.#n=null,this.#r=new V,this.#i=null,this.#a=0,this.#o=()=>{},this.#s=0,this.#c=0}tell(e){let t=this.model,[n,r]=_e(t,{...e,at:this.ports.now()});this.model=n,n.phase===`running`&&t.phase!==`running`&&this.#g(),(n.phase!==`running`||n.stopping)&&this.#o(),this.#v(n.phase!==`idle`&&n.phase!==`done`&&n.phase!==`trouble`);for(let e of r)this.#l(e);n!==t&&this.ports.changed(this.model)}close(){this.model=A,this.#o(),this.#v(!1),this.#m(),this.#d()}#l(e){switch(e.do){case`open-camera`:this.#u();return;case`close-camera`:return this.#d();case`connect`:return this.#f(e.token);case`disconnect`:return this.#m();case`send-stop`:return this.#n?.send(de);case`ask-token`:this.#h();return;case`renew-in`:window.clearTimeout(this.#c),this.#c=window.setTimeout(()=>this.tell({type:`renew`}),e.milliseconds);return;case`emit`:return this.ports.emit(e.name,e.detail)}}async#u(){this.#d();let e=++this.#t;try{let t=await this.ports.openCamera(()=>this.tell({type:`camera-failed`,code:`camera-lost`}));if(e!==this.#t||this.model.phase!==`camera`)return t.close();this.#e=t,this.tell({type:`camera-open`})}catch(t){e===this.#t&&!(t instanceof C&&this.model.phase!==`camera`)&&this.tell({type:`camera-failed`,code:w(t)})}}#d(){this.#t++,this.#e?.close(),this.#e=null}#f(e){this.#m();let t;try{t=this.ports.openSocket(e)}catch{return this.tell({type:`closed`,code:1006})}this.#n=t;let n=()=>this.#n===t;t.addEventListener(`open`,()=>n()&&t.send(ue(e))),t.addEventListener(`message`,e=>n()&&this.#p(e.data)),t.addEventListener(`close`,e=>{n()&&(this.#n=null,this.tell({type:`closed`,code:e.code}))})}#p(e){let t=pe(e);t!==null&&((t.type===`seen`||t.type===`dropped`)&&this.#r.answered(t.frame),this.tell({type:`message`,message:t}),t.type===`ready`&&document.visibilityState===`hidden`&&this.tell({type:`hidden`}))}#m(){window.clearTimeout(this.#c);let e=this.#n;this.#n=null,e?.close(1e3)}async#h(){try{this.tell({type:`token`,token:await this.ports.askToken()})}catch(e){if(e instanceof U)return this.tell({type:`over`});let t=e instanceof H?e:new H(`lost`,null,!0);this.tell({type:`token-failed`,code:t.code,text:t.text,again:t.again})}}#g(){this.#r=new V,this.#i=this.ports.grabber(),this.#a=this.ports.now(),this.#o();let e=this.ports.video();e!==null&&(this.#o=se(e,()=>void this.#_()))}async#_(){let[e,t,n,r]=[this.#r,this.#n,this.ports.video(),this.#i];if(t?.readyState!==WebSocket.OPEN||n===null||r===null)return;let i=this.ports.now(),a=e.take(i);if(a===null)return;let o=await r.grab(n);if(o===null)return e.untaken(a);this.model.phase===`running`&&!this.model.stopping&&e===this.#r&&t===this.#n&&t.readyState===WebSocket.OPEN&&t.send(new Blob([fe(a,i-this.#a),o]))}#v(e){e!==this.#s>0&&(window.clearInterval(this.#s),this.#s=e?window.setInterval(()=>this.tell({type:`tick`}),De):0)}},W={en:{prompts:{"turn-left":`Turn your head to your left`,"turn-right":`Turn your head to your right`,"look-up":`Raise your chin`,"look-down":`Lower your chin`,blink:`Blink once`,"close-eyes":`Close your eyes for a second, then open them`,"open-mouth":`Open your mouth wide`,approach:`Come nearer to the camera`},hints:{"no-face":`Bring your face into the oval`,"several-faces":`Only one person, please`,"too-far":`Come nearer`,"too-near":`Go back a little`,"too-dark":`Find more light`,"too-bright":`Turn away from the bright light`,"look-straight":`Look straight into the camera`,"open-eyes":`Open your eyes`,"turn-back":`Now back to the middle`,"wrong-way":`That was another movement`},phases:{idle:`The camera is off`,camera:`Opening the camera…`,allow:`Your browser asks whether this page may use the camera. Please choose “Allow”.`,connecting:`Connecting…`,waiting:`All places are taken just now. You are in the queue and it goes on by itself.`,running:`Look straight into the camera`,"unknown-action":`Follow the instructions of the staff`,stopping:`Stopping…`,judging:`Done. You can relax while the result is worked out.`,renewing:`Connection lost. Connecting again…`,"renewing-then":`You will then be asked for new movements.`,done:`The capture is over`,slow:`Slow connection. Please hold still.`},ui:{start:`Open the camera`,stop:`Stop`,"stop-question":`Stop now? This attempt counts all the same.`,"stop-yes":`Yes, stop`,"stop-no":`Go on`,voice:`Read aloud`,step:`Movement {step} of {of}`,attempt:`Attempt {attempt} of {of}`,picture:`The camera’s picture, mirrored`,"well-done":`Good.`,retry:`Try again`,continue:`Continue`,reload:`Reload the page`,leave:`Back`,queue:`Wait in the queue`},troubles:{insecure:{title:`This page is not secure`,text:`Browsers open the camera only on pages whose address begins with https://. Open the link again exactly as you were given it, or ask the staff.`},"camera-unsupported":{title:`This browser has no way to the camera`,text:`Open the same link in an up-to-date Chrome, Safari, Firefox or Edge. If you came here from within another app, choose “Open in browser” there.`},"camera-none":{title:`No camera was found`,text:`Connect a camera and try again, or open the same link on a phone.`},"camera-refused":{title:`The camera may not be used`,text:`Permission was refused. Tap the sign left of the address, allow the camera for this page, then try again. On some phones it is in Settings, under the browser’s name.`},"camera-busy":{title:`The camera is in use`,text:`Another program or tab seems to hold it. Close it there, then try again.`},"camera-silent":{title:`No picture comes from the camera`,text:`Is it covered or switched off by a slide? Check it, then try again.`},"camera-lost":{title:`The camera went away`,text:`It was unplugged, or another program took it. Make it available, then go on.`},lost:{title:`The connection was lost`,text:`Several tries to connect again did not work. Check your network, then go on. Nothing that you did before is lost.`},hidden:{title:`Paused`,text:`The page went to the background, so the camera was switched off. Go on when you are ready; you will be asked for new movements.`},silence:{title:`Nothing came for a while`,text:`No picture reached the server for ten seconds. Check your network, keep this page in front, then try again.`},busy:{title:`All places are taken`,text:`Many people are being served just now. Your attempt is not used up. Wait in the queue, or come back in a few minutes.`},origin:{title:`Not from this page`,text:`The camera may not be used from this address. Open the link exactly as you were given it.`},"token-invalid":{title:`This capture is no longer good`,text:`It was used already, has run out, or goes on in another window. Go back and begin again from there.`},"taken-over":{title:`The capture goes on in another window`,text:`It was begun there, or on another device, so the camera here was switched off. Finish it there, or go back to go on here.`},"restarts-used":{title:`Interrupted too often`,text:`This attempt was interrupted too often and is over. Go back to see whether another one is left.`},"reference-gone":{title:`Please show your document again`,text:`The portrait from your document is kept for a short time only, and that time is over. Go back and take its picture again.`},"run-over":{title:`This capture is over`,text:`It ended meanwhile, perhaps in another window. Go back to see the result.`},"case-over":{title:`This registration is over`,text:`It ended meanwhile. Go back to see how.`},"case-expired":{title:`The time for this registration is over`,text:`Go back to see what you can do.`},"act-not-possible":{title:`This is not possible now`,text:`The registration has moved on, perhaps in another window. Go back to see where it stands.`},"attempts-used":{title:`No attempt is left`,text:`Go back to see what other way there is.`},"locked-out":{title:`Locked for a while`,text:`Too many attempts failed in a short time. Go back to see when you can try again, and what other way there is.`},"actions-too-few":{title:`Too few movements are left`,text:`Go back and choose fewer that you cannot do, or the way without the camera.`},"hello-expected":{title:`The capture did not begin as it should`,text:`Reload the page and try again.`},"protocol-version":{title:`This page is out of date`,text:`Reload it to get the new version.`},"message-unknown":{title:`Page and server did not understand each other`,text:`Reload the page and try again.`},"message-unreadable":{title:`Page and server did not understand each other`,text:`Reload the page and try again.`},"frame-too-large":{title:`The camera’s picture is too large`,text:`Try again; if it goes on, use another browser.`},"frame-unreadable":{title:`The camera’s picture could not be read`,text:`Try again; if it goes on, use another browser.`},"frame-clock":{title:`The pictures arrive too late`,text:`Your device or network is overloaded. Close other programs, come nearer to the wireless network, then try again.`},"frame-stream":{title:`The camera’s picture changed`,text:`Its size changed in the middle of the capture. Hold the phone upright and try again.`},"worker-failed":{title:`The server had a fault`,text:`That is not your doing. Try again in a moment.`},"too-many-sockets":{title:`Too many captures are open here`,text:`From this network or shop, others are being captured just now. Wait until one of them is over, then try again.`},"worker-lost":{title:`The server lost the capture`,text:`That is not your doing. Try again in a moment.`},internal:{title:`The server had a fault`,text:`That is not your doing. Try again in a moment; if it goes on, tell the staff.`},"frame-too-small":{title:`The camera’s picture is too small`,text:`Use a camera with a sharper picture, or open the same link on a phone.`},"capture-failed":{title:`The capture could not go on`,text:`Try again; if it goes on, use another browser or device.`},unknown:{title:`The capture could not go on`,text:`Try again, or go back.`}}},zh:{prompts:{"turn-left":`请向您的左边转头`,"turn-right":`请向您的右边转头`,"look-up":`请抬起下巴`,"look-down":`请低下下巴`,blink:`请眨一下眼`,"close-eyes":`请闭眼一秒，然后睁开`,"open-mouth":`请张大嘴`,approach:`请靠近摄像头`},hints:{"no-face":`请把脸移到椭圆框内`,"several-faces":`画面中只能有您一个人`,"too-far":`请靠近一些`,"too-near":`请稍微后退`,"too-dark":`光线太暗，请到亮一些的地方`,"too-bright":`光线太强，请避开强光`,"look-straight":`请正视摄像头`,"open-eyes":`请睁开眼睛`,"turn-back":`请回到正面`,"wrong-way":`这不是所要求的动作`},phases:{idle:`摄像头已关闭`,camera:`正在打开摄像头……`,allow:`浏览器正在询问是否允许本页面使用摄像头，请选择“允许”。`,connecting:`正在连接……`,waiting:`当前使用人数已满，您正在排队，轮到时会自动继续。`,running:`请正视摄像头`,"unknown-action":`请按工作人员的提示操作`,stopping:`正在停止……`,judging:`完成了。正在得出结果，您可以放松一下。`,renewing:`连接中断，正在重新连接……`,"renewing-then":`之后会要求您做新的动作。`,done:`采集已结束`,slow:`网络较慢，请保持不动。`},ui:{start:`打开摄像头`,stop:`停止`,"stop-question":`现在停止吗？这次仍会计入次数。`,"stop-yes":`停止`,"stop-no":`继续进行`,voice:`语音提示`,step:`第 {step} 个动作，共 {of} 个`,attempt:`第 {attempt} 次，共 {of} 次`,picture:`摄像头画面（镜像）`,"well-done":`很好。`,retry:`重试`,continue:`继续`,reload:`重新加载页面`,leave:`返回`,queue:`排队等候`},troubles:{insecure:{title:`此页面不安全`,text:`浏览器只允许网址以 https:// 开头的页面使用摄像头。请重新打开您收到的原始链接，或询问工作人员。`},"camera-unsupported":{title:`此浏览器无法使用摄像头`,text:`请用最新版的 Chrome、Safari、Firefox 或 Edge 打开同一链接。如果您是从其他应用进入的，请在该应用中选择“在浏览器中打开”。`},"camera-none":{title:`没有找到摄像头`,text:`请连接摄像头后重试，或在手机上打开同一链接。`},"camera-refused":{title:`摄像头未获允许`,text:`您或系统拒绝了权限。请点按网址左侧的图标，允许本页面使用摄像头，然后重试。部分手机需在“设置”中找到该浏览器进行设置。`},"camera-busy":{title:`摄像头正被占用`,text:`可能有其他程序或标签页正在使用。请先在那里关闭，然后重试。`},"camera-silent":{title:`摄像头没有画面`,text:`请检查镜头是否被遮挡或被开关关闭，然后重试。`},"camera-lost":{title:`摄像头已断开`,text:`摄像头被拔出，或被其他程序占用。请恢复后继续。`},lost:{title:`连接已中断`,text:`多次重新连接都没有成功。请检查网络后继续。您之前完成的内容不会丢失。`},hidden:{title:`已暂停`,text:`页面切到了后台，因此摄像头已关闭。准备好后请继续，届时会要求您做新的动作。`},silence:{title:`有一段时间没有收到画面`,text:`服务器十秒内没有收到画面。请检查网络，并让本页面保持在最前面，然后重试。`},busy:{title:`当前人数已满`,text:`现在使用的人很多。您的次数没有被扣除。请排队等候，或过几分钟再来。`},origin:{title:`不能从此页面采集`,text:`不允许从这个网址使用摄像头。请打开您收到的原始链接。`},"token-invalid":{title:`本次采集已失效`,text:`它已被使用、已过期，或正在另一个窗口中进行。请返回后重新开始。`},"taken-over":{title:`采集已在另一个窗口中继续`,text:`它已在另一个窗口或另一台设备上开始，因此这里的摄像头已关闭。请在那边完成，或返回后在这里继续。`},"restarts-used":{title:`中断次数过多`,text:`本次采集中断次数过多，已经结束。请返回查看是否还有剩余次数。`},"reference-gone":{title:`请再次出示证件`,text:`证件照片只保留很短的时间，现在已过期。请返回并重新拍摄证件。`},"run-over":{title:`本次采集已结束`,text:`可能已在另一个窗口中结束。请返回查看结果。`},"case-over":{title:`本次办理已结束`,text:`办理在此期间已结束。请返回查看情况。`},"case-expired":{title:`办理时间已过`,text:`请返回查看您可以怎么做。`},"act-not-possible":{title:`现在无法进行`,text:`办理状态已变化，可能是在另一个窗口中操作的。请返回查看当前状态。`},"attempts-used":{title:`次数已用完`,text:`请返回查看其他办理方式。`},"locked-out":{title:`暂时锁定`,text:`短时间内失败次数过多。请返回查看何时可以再试，以及其他办理方式。`},"actions-too-few":{title:`可选的动作太少`,text:`请返回并减少做不了的动作，或选择不使用摄像头的方式。`},"hello-expected":{title:`采集未能正常开始`,text:`请重新加载页面后重试。`},"protocol-version":{title:`页面版本过旧`,text:`请重新加载以获取新版本。`},"message-unknown":{title:`页面与服务器通信有误`,text:`请重新加载页面后重试。`},"message-unreadable":{title:`页面与服务器通信有误`,text:`请重新加载页面后重试。`},"frame-too-large":{title:`摄像头画面过大`,text:`请重试；如仍出现，请换一个浏览器。`},"frame-unreadable":{title:`摄像头画面无法读取`,text:`请重试；如仍出现，请换一个浏览器。`},"frame-clock":{title:`画面到达过晚`,text:`您的设备或网络过于繁忙。请关闭其他程序，靠近无线网络，然后重试。`},"frame-stream":{title:`摄像头画面发生了变化`,text:`画面尺寸在采集过程中改变。请竖直拿稳手机后重试。`},"worker-failed":{title:`服务器出现故障`,text:`这不是您的问题。请稍后重试。`},"too-many-sockets":{title:`此处同时进行的采集过多`,text:`同一网络或门店内还有其他人正在采集。请等其中一个结束后重试。`},"worker-lost":{title:`服务器丢失了本次采集`,text:`这不是您的原因。请稍后重试。`},internal:{title:`服务器出现故障`,text:`这不是您的原因。请稍后重试；如仍然如此，请告知工作人员。`},"frame-too-small":{title:`摄像头画面太小`,text:`请使用更清晰的摄像头，或在手机上打开同一链接。`},"capture-failed":{title:`采集无法继续`,text:`请重试；如仍出现，请换一个浏览器或设备。`},unknown:{title:`采集无法继续`,text:`请重试，或返回。`}}}},G=400;function ke(e){let t=G*e,n=Math.min(.39*G,.55*t);return{width:t,height:G,x:t/2,y:G/2,rx:.75*n,ry:n}}function Ae(e,t,n){let{width:i,height:a,x:o,y:s,rx:c,ry:u}=ke(e),d=`M${o} ${s-u}a${c} ${u} 0 0 1 0 ${2*u}a${c} ${u} 0 0 1 0 ${-2*u}z`,f=l`<path class="filled" d=${d} pathLength="100" stroke-dasharray="${(100*t).toFixed(1)} 100" />`,p=l`<path class="going" d=${d} pathLength="100" stroke-dasharray="18 82" />`;return r`<svg class="ring" viewBox="0 0 ${i} ${a}" aria-hidden="true">
    <path class="shade" fill-rule="evenodd" d="M0 0H${i}V${a}H0z${d}" />
    <path class="track" d=${d} />
    ${n?p:f}
  </svg>`}var K={"turn-left":`left`,"turn-right":`right`,"look-up":`up`,"look-down":`down`,approach:`in`,"too-far":`in`},q={left:l`<path d="M41 24H9M22 10 8 24l14 14" />`,right:l`<path d="M7 24h32M26 10l14 14-14 14" />`,up:l`<path d="M24 41V9M10 22 24 8l14 14" />`,down:l`<path d="M24 7v32M10 26l14 14 14-14" />`,in:l`<path d="M6 6l13 13M19 9v10H9M42 42 29 29M29 39V29h10M42 6 29 19M29 9v10h10M6 42l13-13M19 39V29H9" />`},J=l`<path d="M5 20c10 13 28 13 38 0M9 28l-4 5M19 31l-2 6M29 31l2 6M39 28l4 5" />`,je={blink:J,"close-eyes":J,"open-eyes":l`<path d="M4 24c10-15 30-15 40 0-10 15-30 15-40 0z" /><circle cx="24" cy="24" r="6" />`,"open-mouth":l`<circle cx="24" cy="24" r="19" /><ellipse cx="24" cy="31" rx="7" ry="8" /><path d="M16 16v2M32 16v2" />`,"turn-back":l`<path d="M4 24h12M11 17l7 7-7 7M44 24H32M37 17l-7 7 7 7" />`},Me=e=>{let t=e===null?void 0:K[e];return t===void 0?je[e??``]:q[t]};function Ne(e){let t=Me(e);return t===void 0?n:r`<svg class="sign" viewBox="0 0 48 48" aria-hidden="true" data-direction=${K[e??``]??n}>${t}</svg>`}function Pe(e){let t=e===null?void 0:K[e];return t===void 0||t===`in`?n:r`<svg class="pointer ${t}" viewBox="0 0 48 48" aria-hidden="true">${q[t]}</svg>`}var Fe=class{#e;#t=-1/0;constructor(e,t){this.same=t,this.#e=e}get shown(){return this.#e}offer(e,t,n){if(this.same(e,this.#e))return 0;let r=this.#t+700-n;return!t&&r>0?r:(this.#e=e,this.#t=n,0)}},Ie=o`
  :host {
    --_ink: var(--capture-ink, #17211f);
    --_surface: var(--capture-surface, #ffffff);
    --_line: var(--capture-line, #6d7a76);
    --_accent: var(--capture-accent, #0b5d50);
    --_on-accent: var(--capture-on-accent, #ffffff);
    --_good: var(--capture-good, #3ddc97);
    --_warn: var(--capture-warn, #8a4b00);
    --_danger: var(--capture-danger, #a12a1e);
    --_radius: var(--capture-radius, 14px);
    display: block;
    color: var(--_ink);
    font: 1rem/1.5 var(--capture-font, system-ui, sans-serif);
  }
  @media (prefers-color-scheme: dark) {
    :host {
      --_ink: var(--capture-ink, #e8ece9);
      --_surface: var(--capture-surface, #1a211f);
      --_line: var(--capture-line, #8b9893);
      --_accent: var(--capture-accent, #7fd6bf);
      --_on-accent: var(--capture-on-accent, #06231d);
      --_warn: var(--capture-warn, #f0b45c);
      --_danger: var(--capture-danger, #ff9c8f);
    }
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
  }
  p,
  h2 {
    margin: 0;
  }
  .capture {
    max-width: 34rem;
    margin-inline: auto;
  }
  .prompt {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.75rem;
    min-height: 5rem;
    padding-block: 0.25rem 0.75rem;
    font-size: clamp(1.25rem, 5.2vw, 1.625rem);
    font-weight: 600;
    line-height: 1.25;
    text-align: center;
    text-wrap: balance;
  }
  .prompt.request {
    font-size: clamp(1.5rem, 6.6vw, 2.125rem);
    font-weight: 750;
    letter-spacing: -0.01em;
  }
  .prompt.right {
    flex-direction: row-reverse;
  }
  .sign {
    flex: none;
    width: 3rem;
    height: 3rem;
    color: var(--_accent);
  }
  svg path,
  svg circle,
  svg ellipse {
    fill: none;
    stroke: currentColor;
    stroke-width: 4;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .stage {
    position: relative;
    overflow: hidden;
    aspect-ratio: var(--capture-aspect, 0.75);
    max-height: 62vh;
    max-height: 62dvh;
    max-width: 100%;
    margin-inline: auto;
    border-radius: var(--_radius);
    background: #10181a;
  }
  video {
    display: block;
    width: 100%;
    height: 100%;
    object-fit: cover;
    transform: scaleX(-1);
  }
  .stage.judging video,
  .stage.renewing video,
  .stage.idle video,
  .stage.done video {
    opacity: 0.25;
  }
  .ring {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  svg .shade {
    fill: #10181a;
    fill-opacity: 0.5;
    stroke: none;
  }
  svg .track {
    stroke: #fff;
    stroke-opacity: 0.75;
    stroke-width: 4;
  }
  svg .filled,
  svg .going {
    stroke: var(--_good);
    stroke-width: 11;
  }
  svg .filled {
    transition: stroke-dasharray 160ms linear;
  }
  svg .filled[stroke-dasharray^="0.0 "] {
    stroke: none;
  }
  .going {
    animation: go 1.6s linear infinite;
  }
  @keyframes go {
    to {
      stroke-dashoffset: -100;
    }
  }
  .pointer {
    position: absolute;
    width: 4rem;
    height: 4rem;
    padding: 0.75rem;
    border-radius: 50%;
    background: #ffffff;
    color: #0b5d50;
    box-shadow: 0 0 0 3px #10181a66;
    animation: point 1.1s ease-in-out infinite alternate;
  }
  .pointer.left,
  .pointer.right {
    top: calc(50% - 2rem);
  }
  .pointer.left {
    left: 0.75rem;
    --shift: -0.4rem 0;
  }
  .pointer.right {
    right: 0.75rem;
    --shift: 0.4rem 0;
  }
  .pointer.up,
  .pointer.down {
    left: calc(50% - 2rem);
  }
  .pointer.up {
    top: 0.75rem;
    --shift: 0 -0.4rem;
  }
  .pointer.down {
    bottom: 0.75rem;
    --shift: 0 0.4rem;
  }
  @keyframes point {
    to {
      translate: var(--shift);
    }
  }
  .hint {
    position: absolute;
    inset-inline: 0.75rem;
    bottom: 0.75rem;
    width: fit-content;
    margin-inline: auto;
    padding: 0.5rem 1rem;
    border-radius: 999px;
    background: #fff3d6;
    color: #4a2c00;
    font-size: 1.125rem;
    font-weight: 650;
    line-height: 1.3;
    text-align: center;
  }
  .pointer.down ~ .hint {
    bottom: 5.25rem;
  }
  .foot {
    min-height: 6.75rem;
    padding-top: 0.75rem;
  }
  .steps {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.75rem;
    min-height: 1.75rem;
    font-weight: 600;
  }
  .dots {
    display: inline-flex;
    gap: 0.375rem;
  }
  .dots i {
    width: 0.875rem;
    height: 0.875rem;
    border: 2px solid var(--_accent);
    border-radius: 50%;
  }
  .dots i.done {
    background: var(--_accent);
  }
  .dots i.now {
    box-shadow: inset 0 0 0 2px var(--_surface);
    background: var(--_accent);
    width: 1.5rem;
    border-radius: 999px;
  }
  .question {
    font-weight: 600;
    text-align: center;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0.75rem;
    padding-top: 0.625rem;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    min-height: 2.75rem;
    min-width: 6rem;
    padding: 0.5rem 1.125rem;
    border: 1.5px solid var(--_line);
    border-radius: 999px;
    background: var(--_surface);
    color: var(--_ink);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  button.main {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  button.danger {
    border-color: var(--_danger);
    color: var(--_danger);
  }
  button[aria-pressed="true"] {
    border-color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_accent);
    color: var(--_accent);
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  button:focus-visible,
  h2:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 3px;
  }
  button svg {
    width: 1.375rem;
    height: 1.375rem;
  }
  button svg path {
    stroke-width: 2;
  }
  button[aria-pressed="false"] .waves {
    stroke: none;
  }
  .trouble {
    padding: 1.5rem 1.25rem;
    border: 1.5px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .trouble > svg {
    width: 2.75rem;
    height: 2.75rem;
    color: var(--_warn);
  }
  .trouble h2 {
    margin-block: 0.5rem 0.5rem;
    font-size: 1.375rem;
    line-height: 1.25;
  }
  .trouble h2:focus {
    outline: none;
  }
  .trouble .buttons {
    justify-content: flex-start;
    padding-top: 1.25rem;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    .pointer,
    .going {
      animation: none;
    }
    svg .filled {
      transition: none;
    }
  }
`,Le={en:`en-GB`,zh:`zh-CN`},Y=()=>`speechSynthesis`in window&&`SpeechSynthesisUtterance`in window;function X(e,t){if(!Y())return;let n=new SpeechSynthesisUtterance(e);n.lang=Le[t],window.speechSynthesis.cancel(),window.speechSynthesis.speak(n)}function Z(){Y()&&window.speechSynthesis.cancel()}function Re(e,n,r){let i=(e,t=null)=>({main:e,sign:t,hint:null,request:!1});if(e.phase===`camera`)return i(r?n.phases.allow:n.phases.camera);if(e.phase===`trouble`)return i(ze(e,n).title);if(e.phase===`renewing`)return{...i(n.phases.renewing),hint:n.phases[`renewing-then`]};if(e.phase!==`running`)return i(n.phases[e.phase]);if(e.stopping)return i(n.phases.stopping);let a=t(n.hints,e.seen?.guidance)??null,o=e.slow?n.phases.slow:null,s=e.seen?.action??null;return s===null?{main:a??n.phases.running,sign:e.seen?.guidance??null,hint:o,request:!1}:{main:t(n.prompts,s)??n.phases[`unknown-action`],sign:s,hint:o??a,request:!0}}function ze(e,n){let r=t(n.troubles,e.trouble?.code);return r===void 0?{title:n.troubles.unknown.title,text:e.trouble?.text??n.troubles.unknown.text}:r}var Be=new Set([`hidden`,`lost`,`camera-lost`]),Ve=new Set([`hello-expected`,`protocol-version`,`message-unknown`,`message-unreadable`]),He=new Set([`insecure`,`camera-unsupported`,`origin`]);function Ue(e){let t=e.trouble;return t===null?null:Ve.has(t.code)?`reload`:He.has(t.code)||!t.again?null:t.code===`busy`?`queue`:Be.has(t.code)?`continue`:`retry`}function We(e){if(e.phase===`judging`||e.phase===`done`)return 1;let t=e.seen;return e.phase!==`running`||t===null||t.of===0?0:Math.min(1,(t.step+Math.min(1,Math.max(0,t.done)))/t.of)}var Ge=900,Ke=480,qe={main:``,sign:null,hint:null,request:!1},Je=(e,t)=>e.main===t.main&&e.hint===t.hint&&e.sign===t.sign,Ye=class extends f{static{this.styles=Ie}static{this.properties={token:{type:String},endpoint:{type:String},lang:{type:String},voice:{type:Boolean,reflect:!0},autostart:{type:Boolean},model:{state:!0},asking:{state:!0},confirming:{state:!0},aspect:{state:!0},shown:{state:!0}}}#e;#t;#n;#r;constructor(){super(),this.tokens=null,this.#e=``,this.#t=new Fe(qe,Je),this.#n=0,this.#r=new Oe({openCamera:e=>this.#g(e),openSocket:()=>new WebSocket(Xe(this.#e||this.endpoint)),askToken:()=>this.#_(),video:()=>this.renderRoot.querySelector(`video`),grabber:()=>new le,emit:(e,t)=>this.dispatchEvent(new CustomEvent(e,{detail:t,bubbles:!0,composed:!0})),changed:e=>this.#m(e),now:()=>performance.now()}),this.#y=()=>{document.visibilityState===`hidden`&&this.#r.tell({type:`hidden`})},this.#b=()=>{this.voice=!this.voice,this.voice?X(this.#d,this.#l):Z()},this.#x=()=>this.confirming=!0,this.#S=()=>this.confirming=!1,this.#C=()=>{this.confirming=!1,this.stop()},this.#w=()=>{Ue(this.model)===`reload`?window.location.reload():this.#r.tell({type:`retry`})},this.#T=()=>this.#r.tell({type:`leave`}),this.token=null,this.endpoint=`v1/capture`,this.voice=!1,this.autostart=!1,this.model=this.#r.model,this.asking=!1,this.confirming=!1,this.aspect=3/4,this.shown=qe}start(){this.#r.tell({type:`start`,token:this.token})}stop(){this.#r.tell({type:`stop`})}connectedCallback(){super.connectedCallback(),document.addEventListener(`visibilitychange`,this.#y)}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener(`visibilitychange`,this.#y),window.clearTimeout(this.#n),Z(),this.#r.close()}firstUpdated(){this.autostart&&this.start()}willUpdate(e){(e.has(`lang`)||e.has(`model`)||e.has(`asking`))&&this.#f(e.has(`lang`))}updated(e){this.#h(),e.has(`aspect`)&&this.style.setProperty(`--capture-aspect`,String(this.aspect)),e.has(`shown`)&&this.#p(e.get(`shown`));let t=e.get(`model`)?.phase;this.model.phase===`trouble`&&t!==void 0&&t!==`trouble`&&this.renderRoot.querySelector(`#trouble`)?.focus(),e.has(`confirming`)&&this.confirming&&this.renderRoot.querySelector(`#stop-no`)?.focus()}render(){let e=this.#u;return r`<div class="capture" lang=${this.#l===`zh`?`zh-CN`:`en`}>
      ${this.model.phase===`trouble`?this.#c(e):this.#i(e)}
      <div id="live" class="unseen" role="status" aria-live="polite">${this.#d}</div>
    </div>`}#i(e){let{phase:t}=this.model,{main:i,hint:a}=this.shown,o=[`camera`,`connecting`,`waiting`,`judging`,`renewing`].includes(t)||this.model.stopping,s=this.shown.sign;return r`
      <p id="prompt" class="prompt ${this.shown.request?`request`:``} ${K[s??``]??``}" aria-hidden="true">
        ${Ne(s)}<span>${i}</span>
      </p>
      <div class="stage ${t}">
        <video playsinline muted disablepictureinpicture aria-label=${e.ui.picture}></video>
        ${Ae(this.aspect,We(this.model),o)}
        ${t===`running`&&this.shown.request?Pe(s):n}
        ${a===null?n:r`<p id="hint" class="hint" aria-hidden="true">${a}</p>`}
      </div>
      <div class="foot">${this.confirming?this.#s(e):this.#a(e)}</div>`}#a(e){let{phase:t,stopping:i}=this.model,a=t===`idle`||t===`done`,o=t===`running`?e.ui.stop:e.ui.leave;return r`${this.#o(e)}
      <div class="buttons">
        ${Y()?r`<button id="voice" type="button" aria-pressed=${this.voice} @click=${this.#b}>
                <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 9v6h4l5 4V5L8 9z" /><path class="waves" d="M16 9c2 2 2 4 0 6M18.5 6c4 4 4 8 0 12" /></svg>
                ${e.ui.voice}
              </button>`:n}
        ${a?r`<button id="start" type="button" class="main" ?disabled=${t===`done`} @click=${this.start}>${e.ui.start}</button>`:n}
        ${a||t===`judging`||i?n:r`<button id="stop" type="button" @click=${t===`running`?this.#x:this.stop}>${o}</button>`}
      </div>`}#o(e){let{ready:t,seen:n,phase:i}=this.model,a=n?.of??t?.actions??0;if(a===0||i!==`running`&&i!==`judging`)return r`<p class="steps"></p>`;let o=i===`judging`?a:n?.step??0,s=o<a?d(e.ui.step,{step:o+1,of:a}):``,c=Array.from({length:a},(e,t)=>r`<i class=${t<o?`done`:t===o?`now`:``}></i>`);return r`<p id="steps" class="steps"><span class="dots" aria-hidden="true">${c}</span>${s}</p>`}#s(e){return r`<p class="question">${e.ui[`stop-question`]}</p>
      <div class="buttons">
        <button id="stop-no" type="button" @click=${this.#S}>${e.ui[`stop-no`]}</button>
        <button id="stop-yes" type="button" class="danger" @click=${this.#C}>${e.ui[`stop-yes`]}</button>
      </div>`}#c(e){let{title:t,text:i}=ze(this.model,e),a=Ue(this.model);return r`<div class="trouble">
      <svg viewBox="0 0 48 48" aria-hidden="true"><path d="M24 5 45 42H3z" /><path d="M24 19v11M24 35v2" /></svg>
      <h2 id="trouble" tabindex="-1">${t}</h2>
      <p>${i}</p>
      <div class="buttons">
        ${a===null?n:r`<button id="way-on" type="button" class="main" @click=${this.#w}>${e.ui[a]}</button>`}
        <button id="leave" type="button" @click=${this.#T}>${e.ui.leave}</button>
      </div>
    </div>`}get#l(){return a(this.lang)??a(this.closest(`[lang]`)?.getAttribute(`lang`))??c()}get#u(){return W[this.#l]}get#d(){let{main:e,hint:t}=this.shown;return this.model.phase===`idle`?``:t===null?e:`${e}. ${t}.`}#f(e){let t=Re(this.model,this.#u,this.asking),n=e||t.request!==this.#t.shown.request||this.model.phase!==`running`,r=t.request&&t.main!==this.#t.shown.main,i=this.#t.offer(t,n||r,performance.now());this.shown=this.#t.shown,window.clearTimeout(this.#n),i>0&&(this.#n=window.setTimeout(()=>this.#f(!1),i))}#p(e){if(!this.voice||this.#d===``)return;let{main:t,hint:n}=this.shown;t===e?.main?n!==null&&X(n,this.#l):X(t,this.#l)}#m(e){let t=this.model;this.model=e,e.phase!==`running`&&(this.confirming=!1),e.phase===`camera`&&t.phase!==`camera`?window.setTimeout(()=>this.asking=this.model.phase===`camera`,Ge):e.phase!==`camera`&&(this.asking=!1);let[n,r]=[t.seen?.step??0,e.seen?.step??0];r>n&&e.phase===`running`&&navigator.vibrate?.(80)}#h(){let{phase:e,seen:t,ready:n,trouble:r}=this.model,i=e===`running`,a={state:e,prompt:i&&t?.action||``,guidance:i&&t?.guidance||``,step:String(t?.step??0),of:String(t?.of??n?.actions??0),trouble:r?.code??``};for(let[e,t]of Object.entries(a))this.dataset[e]!==t&&(this.dataset[e]=t)}async#g(e){let t=await T(re,e);await this.updateComplete;let n=this.renderRoot.querySelector(`video`);try{if(n!==null){await E(n,t.stream);let e=n.videoWidth/n.videoHeight;this.aspect=this.clientWidth<Ke?Math.min(1,e):e}}catch(e){throw t.close(),e}return t}async#_(){let e=await(this.tokens??(()=>this.#v()))(),t=typeof e==`string`?{token:e}:e;return`url`in t&&t.url&&(this.#e=t.url),this.token=t.token,t.token}#v(){return new Promise((e,t)=>{let n=new CustomEvent(`capture-token-needed`,{detail:{provide:t=>e(t),refuse:(e=`token-invalid`,n=null)=>t(new H(e,n)),over:()=>t(new U)},bubbles:!0,composed:!0,cancelable:!0});this.dispatchEvent(n)})}#y;#b;#x;#S;#C;#w;#T};function Xe(e,t=document.baseURI){let n=new URL(e,t);return n.protocol=n.protocol===`https:`||n.protocol===`wss:`?`wss:`:`ws:`,n.hash=``,n.href}customElements.get(`portrait-capture`)||customElements.define(`portrait-capture`,Ye);var Ze=2e3,Qe=.92;async function $e(e){try{let t=await createImageBitmap(e,{imageOrientation:`from-image`}),n=await tt(t,t);return t.close(),n}catch{return{picture:e,preview:null}}}function et(e){return tt(e,{width:e.videoWidth,height:e.videoHeight})}async function tt(e,t){let n=document.createElement(`canvas`),{width:r,height:i}=D(t,Ze);Object.assign(n,{width:r,height:i});let a=n.getContext(`2d`,{alpha:!1});if(a===null)throw Error(`no canvas`);a.fillStyle=`#fff`,a.fillRect(0,0,r,i),a.drawImage(e,0,0,r,i);let o=await new Promise(e=>n.toBlob(e,`image/jpeg`,Qe));if(o===null)throw Error(`no picture`);return{picture:o,preview:n}}var nt=class extends f{static{this.properties={language:{type:String},face:{type:Boolean},busy:{type:Boolean},stage:{state:!0},fault:{state:!0}}}#e=`environment`;#t=null;#n=null;constructor(){super(),this.language=`en`,this.face=!1,this.busy=!1,this.stage=`choose`,this.fault=null}createRenderRoot(){return this}disconnectedCallback(){super.disconnectedCallback(),this.#p()}reset(){this.#n=null,this.stage=`choose`}updated(e){if(!e.has(`stage`))return;let t=this.querySelector(`#preview`);t!==null&&this.#n?.preview&&t.replaceChildren(this.#n.preview);let n={choose:null,opening:null,live:`#shutter`,preview:`#use-picture`}[this.stage];n!==null&&this.querySelector(n)?.focus()}render(){return this.stage===`choose`?this.#r():this.stage===`preview`?this.#a():this.#i()}#r(){let t=e[this.language].document,i=W[this.language].troubles,a=this.fault===null?void 0:i[this.fault]??i.unknown;return r`
      ${a===void 0?n:r`<div class="notice warn" role="alert" data-problem=${this.fault}><strong>${a.title}</strong><p>${a.text}</p></div>`}
      <div class="buttons">
        ${rt()?r`<label class="button main" for="photo">${t.photo}</label>
                <input id="photo" class="unseen" type="file" accept="image/*" capture="environment" @change=${this.#o} />`:r`<button id="photo" class="main" type="button" @click=${()=>this.#s(`environment`)}>${t.photo}</button>`}
        <label class="button" for="file">${t.file}</label>
        <input id="file" class="unseen" type="file" accept="image/*" @change=${this.#o} />
      </div>
      ${this.face?r`<div class="aside"><p>${t[`face-lead`]}</p>
              <div class="buttons"><button id="own-face" type="button" @click=${()=>this.#s(`user`)}>${t.face}</button></div></div>`:n}`}#i(){let t=e[this.language].document,n=this.stage===`opening`;return r`<div class="viewer ${this.#e}">
        <video playsinline muted aria-label=${t.live}></video>
      </div>
      <div class="buttons">
        <button id="shutter" class="main" type="button" ?disabled=${n} @click=${this.#c}>
          ${n?t.opening:t.shutter}
        </button>
        <button id="close-camera" type="button" @click=${this.#d}>${t.close}</button>
      </div>`}#a(){let t=e[this.language].document,i=this.#e===`user`?t[`check-face`]:t.check;return r`
      ${this.#n?.preview?r`<div id="preview" class="viewer" role="img" aria-label=${t.preview}></div><p>${i}</p>`:n}
      <div class="buttons">
        <button id="use-picture" class="main" type="button" aria-disabled=${this.busy} @click=${this.#u}>
          ${this.busy?t.sending:t.use}
        </button>
        <button id="another-picture" type="button" ?disabled=${this.busy} @click=${this.reset}>${t.another}</button>
      </div>`}#o=async e=>{let t=e.target,n=t.files?.[0];t.value=``,n!==void 0&&(this.#e=`environment`,this.#l(await $e(n)))};async#s(e){this.#e=e,this.fault=null,this.stage=`opening`;try{let t=await T({facingMode:e,width:{ideal:e===`user`?1280:1920}},()=>this.#f(`camera-lost`));this.#t=t,await this.updateComplete;let n=this.querySelector(`video`);if(!this.isConnected||n===null)return this.#p();await E(n,t.stream),this.stage=`live`}catch(e){this.#f(w(e))}}#c=async()=>{let e=this.querySelector(`video`);if(e===null)return;let t=await et(e);this.#p(),this.#l(t)};#l(e){this.#n=e,this.fault=null,this.stage=`preview`,this.dispatchEvent(new CustomEvent(`picture-new`,{bubbles:!0}))}#u=()=>{this.busy||this.#n===null||this.dispatchEvent(new CustomEvent(`picture`,{detail:this.#n.picture,bubbles:!0}))};#d=()=>{this.#p(),this.stage=`choose`};#f(e){this.#p(),this.fault=e,this.stage=`choose`}#p(){this.#t?.close(),this.#t=null}},rt=()=>window.matchMedia(`(pointer: coarse)`).matches;customElements.define(`document-picture`,nt);var it={link:null,linkGood:!0,case:null,ahead:0,now:0,busy:null,problem:null,panel:null,cannot:[],capturing:!1,settling:null,documentProblem:null,referenceGone:!1};function at(e,t){switch(t.type){case`link`:return{...it,link:t.link,now:e.now};case`case`:return ot(e,t.case,t.at);case`act`:return{...e,busy:t.act,problem:null};case`failed`:return ct(e,t.problem);case`acted`:return{...e,busy:null,panel:null};case`panel`:return{...e,panel:t.panel,problem:null,documentProblem:null};case`cannot`:return{...e,cannot:t.actions};case`document-answered`:return t.problem===null?{...e,busy:null,documentProblem:null,referenceGone:!1,panel:null}:{...e,busy:null,documentProblem:t.problem};case`document-new`:return{...e,documentProblem:null,problem:null};case`capture`:return{...e,capturing:!0,problem:null,panel:null,settling:null};case`capture-ready`:return{...e,case:e.case&&lt(e.case,t.attempt,t.of)};case`capture-done`:return{...e,capturing:!1,settling:0};case`capture-left`:return{...e,capturing:!1,referenceGone:e.referenceGone||t.code===`reference-gone`};case`clock`:return{...e,now:t.at}}}function ot(e,t,n){let r=e.case!==null&&e.case.state!==t.state,i=t.state===`capturing`&&e.settling!==null&&e.settling<25;return{...e,case:t,ahead:t.now-n,now:n,linkGood:!0,problem:st(e,r),panel:r?null:e.panel,settling:i?(e.settling??0)+1:null,referenceGone:e.referenceGone&&t.state===`referenced`}}function st(e,t){return e.problem===null||e.case===null||e.problem.passing||t&&e.problem.status!==409?null:e.problem}function ct(e,t){let n={...e,busy:null,problem:t};return t.code===`link-invalid`||t.status===401?{...n,linkGood:!1}:t.code===`reference-gone`?{...n,problem:null,referenceGone:!0}:n}function lt(e,t,n){return{...e,state:`capturing`,attempts:{...e.attempts,used:t,of:n}}}function ut(e){let t=e.case?.lockedUntil??null;return t===null?0:Math.max(0,t-(e.now+e.ahead))}function Q(e){return e.link===null?`no-link`:e.linkGood?e.case===null?e.problem===null?`loading`:`trouble`:e.capturing?`capture`:e.panel!==null&&mt(e.panel,e.case)?e.panel:dt(e,e.case):`link-unknown`}function dt(e,t){switch(t.state){case`created`:return`consent`;case`consented`:return`document`;case`referenced`:return e.referenceGone?`document`:ut(e)>0?`locked`:ft(t)?`again`:`ready`;case`capturing`:return e.settling===null?`elsewhere`:`settling`;case`accepted`:case`activated`:case`referred`:case`refused`:case`alternative`:case`expired`:case`withdrawn`:case`cancelled`:return t.state;default:return`trouble`}}function ft(e){return e.result!==null&&e.attempts.used>0}var pt={cannot:`choose-alternative`,"rather-not":`choose-alternative`,withdraw:`withdraw`,document:`set-reference`};function mt(e,t){return t.next.includes(pt[e])}var ht={consent:`consent`,document:`document`,ready:`capture`,capture:`capture`,elsewhere:`capture`,settling:`capture`,locked:`capture`,again:`capture`};function gt(e){return e.case===null||!e.linkGood?null:ht[e.capturing?`capture`:dt(e,e.case)]??`result`}function _t(e){let t=e.state===`referenced`||e.state===`consented`||e.state===`created`;return Math.min(e.attempts.of,e.attempts.used+ +!!t)}function vt(e){if(e.case===null||e.capturing||e.busy!==null||!e.linkGood)return null;switch(e.case.state){case`capturing`:return e.settling===null?4e3:800;case`accepted`:case`referred`:case`alternative`:return 8e3;default:return null}}function yt(e){let{texts:t,acts:i,model:a,case:o,language:s}=e,c=t.document,l=a.documentProblem,u=l===null?null:ne(l,t),d=o.state===`referenced`;return r`${g(d?c[`title-again`]:c.title)}
    ${a.referenceGone?r`<p class="notice">${c.gone}</p>`:n}
    <p class="lead">${c.lead}</p>
    ${u===null?r`<ul class="tips"><li>${c[`tip-fill`]}</li><li>${c[`tip-glare`]}</li><li>${c[`tip-sharp`]}</li></ul>`:r`<div id="document-problem" class="notice warn" role="alert" data-problem=${l?.code}>
            <strong>${c.problem}: ${u.text}</strong><p>${u.remedy}</p></div>`}
    <document-picture .language=${s} ?face=${o.demo} ?busy=${a.busy===`reference`}
      @picture=${e=>i.picture(e.detail)} @picture-new=${i.pictureNew}></document-picture>
    <p class="small">${c[`only-portrait`]}</p>
    <div class="links">
      ${d&&!a.referenceGone?S(`back`,t[`rather-not`].back,()=>i.open(null),`link`):n}
      ${y(e,`link`)}
    </div>`}function bt(e){let{texts:t,acts:i,model:a,case:o}=e,s=t.ready;return r`${g(s.title)}
    <p class="lead">${s.lead}</p>
    <ul class="tips">
      <li>${s[`tip-face`]}</li>
      <li>${s[`tip-alone`]}</li>
      <li>${s[`tip-glasses`]}</li>
      <li>${s[`tip-words`]}</li>
    </ul>
    <div class="buttons stack">
      ${S(`begin`,s.begin,i.begin,`main`,a.busy!==null)}
      ${o.next.includes(`set-reference`)?S(`other-document`,s[`other-document`],()=>i.open(`document`)):n}
      ${y(e)} ${x(e)}
    </div>`}function xt({texts:e}){return r`${g(e.settling.title)}
    <p class="lead" role="status">${e.settling.lead}</p>
    <div class="bar" aria-hidden="true"></div>`}function St(e){let{texts:t,acts:n,case:i,model:a}=e,o=t.elsewhere,s=i.attempts.used>=i.attempts.of,c=i.attempts.restartsLeft<=0;return r`${p(`elsewhere`)} ${g(o.title)}
    <p class="lead">${o.lead}</p>
    <p>${c?s?o[`last-lead`]:o[`next-lead`]:o[`continue-lead`]}</p>
    <div class="buttons stack">
      ${S(`continue`,c&&s?o.end:o.continue,n.begin,`main`,a.busy!==null)} ${y(e)}
      ${x(e)}
    </div>`}function Ct(e){let{texts:t,acts:i,case:a,model:o}=e,s=t.again,c=a.result?.reasons??[],l=c.some(e=>e.code===`stopped`),u=a.attempts.of-a.attempts.used;return r`${p(`again`)} ${g(l?s[`title-stopped`]:s.title)}
    <p class="lead">${d(s.left,{left:u,of:a.attempts.of})}</p>
    ${_(s.why,l?[]:c,t)}
    <div class="buttons stack">
      ${S(`begin`,s.retry,i.begin,`main`,o.busy!==null)}
      ${a.next.includes(`set-reference`)?S(`other-document`,t.ready[`other-document`],()=>i.open(`document`)):n}
      ${y(e)} ${x(e)}
    </div>
    ${m(e)}`}function wt(e){let{texts:t,model:n,case:i}=e,a=Math.ceil(ut(n)/1e3),o={minutes:Math.floor(a/60),seconds:a%60},s=d(a<60?t.seconds:t.minutes,o);return r`${p(`locked`)} ${g(t.locked.title)}
    <p class="lead">${a<2?t.locked.soon:d(t.locked.lead,{time:s})}</p>
    <p>${t.locked.meanwhile}</p>
    ${_(t.again.why,i.result?.reasons??[],t)}
    <div class="buttons stack">${y(e)}</div>
    ${m(e)}`}function Tt(e){let{texts:t,acts:a,model:o}=e,s=t.consent,{profile:c,attempts:l}=e.case;return r`${g(s.title)}
    <p class="lead">${s.lead}</p>
    <h2>${s.how}</h2>
    <ol>
      <li>${s[`how-document`]}</li>
      <li>${s[`how-capture`]}</li>
      <li>${d(s[`how-result`],l)}</li>
    </ol>
    <h2>${s.what}</h2>
    <p>${s.purpose}</p>
    <p>${s.free}</p>
    ${c.guardianBelow===null?n:r`<p class="notice">${d(s.guardian,{age:c.guardianBelow})}</p>`}
    <h3>${s.kept}</h3>
    ${Et(e)}
    <h2>${s.other}</h2>
    <p>${s[`other-lead`]}</p>
    ${v(e)} ${Dt(e)}
    <div class="buttons stack">
      ${S(`agree`,o.busy===`consent`?t.busy:s.agree,a.agree,`main`,o.busy!==null)}
      ${S(`rather-not`,s[`rather-not`],()=>a.open(`rather-not`))} ${x(e)}
    </div>
    <p class="small faint">${d(s.version,{version:i})}</p>`}function Et({case:e,texts:n,language:i}){return r`<dl id="retention" class="kept">
    ${e.profile.retention.map(e=>r`<div data-kept=${e.what}>
        <dt>${t(n.retention,e.what)??e.what}</dt>
        <dd>${e.seconds===0?n.retention.none:e.howLong[i]}</dd>
      </div>`)}
  </dl>`}function Dt({case:e,texts:t,language:i}){return e.profile.notices.length===0?n:r`<details>
    <summary>${t.consent.notices}</summary>
    <ul>${e.profile.notices.map(e=>r`<li data-notice=${e.code}>${e[i]}</li>`)}</ul>
  </details>`}function Ot(e){let{texts:t,acts:n,model:i}=e,a=t[`rather-not`],o=i.cannot.length>0?`cannot`:`rather-not`;return r`${g(a.title)}
    <p class="lead">${a.lead}</p>
    ${v(e)}
    <div class="buttons stack">
      ${S(`choose-alternative`,i.busy===null?a.choose:t.busy,()=>n.chooseAlternative(o),`main`,i.busy!==null)}
      ${S(`back`,a.back,()=>n.open(null))}
    </div>`}var kt=2;function At(e){let{texts:i,acts:a,model:o,case:s}=e,c=i.cannot,l=s.profile.actions.filter(e=>!o.cannot.includes(e)).length<kt;return r`${g(c.title)}
    <p class="lead">${c.lead}</p>
    <fieldset id="movements">
      <legend class="unseen">${c.title}</legend>
      ${s.profile.actions.map(e=>r`<label class="check">
          <input type="checkbox" name=${e} .checked=${o.cannot.includes(e)}
            @change=${t=>a.cannot(e,t.target.checked)} />
          <span>${t(i.movements,e)??e}</span>
        </label>`)}
    </fieldset>
    <div role="status">${l?r`<p id="too-few" class="notice">${c[`too-few`]}</p>`:n}</div>
    <div class="buttons stack">
      ${l?n:S(`save-cannot`,c.save,()=>a.open(null),`main`)}
      ${y(e,l?`main`:``)}
    </div>`}function jt(e){let{texts:t,acts:n,model:i}=e,a=t.withdraw;return r`${g(a.title)}
    <p class="lead">${a.lead}</p>
    <div class="buttons stack">
      ${S(`withdraw-yes`,i.busy===null?a.yes:t.busy,n.withdraw,`danger`,i.busy!==null)}
      ${S(`withdraw-no`,a.no,()=>n.open(null),`main`)}
    </div>`}var Mt={en:{open:`My data and my lines`,lead:`Everything that is held in your name here. None of it is a face.`,loading:`One moment …`,failed:`It cannot be fetched just now.`,again:`Try again`,opened:`Opened`,state:`State`,on:`On since`,consent:`Agreed to the text of`,attempts:`Attempts`,frozen:`Frozen since {at}. The operator has been told and will get in touch.`,dispute:`Something is wrong with this line`,reason:`What is wrong?`,reasons:{"not-mine":`I did not take this line`,"sim-lost":`The SIM card or the phone is lost`,other:`Something else`},freeze:`Freeze this line`,"freeze-hint":`Until the operator has settled it with you, nobody can replace its card or move it.`,cancel:`Not now`,save:`Save all of it`,forget:`Forget what may be forgotten`,"forget-lead":`Registrations that are under way end, and what led to no line is erased at once. What the law asks to be kept for a line stays until its time is over.`,"forget-yes":`Yes, forget it`,forgotten:`Erased: {count}.`,kept:`What stays, and why`,why:{"line-on":`the line is on`,retention:`the law asks for it for a time after the line has ended`,"lock-out":`failed attempts still lock out`,"case-open":`the registration is under way`},until:`until {at}`,states:{created:`begun`,consented:`agreed`,referenced:`document shown`,capturing:`under way`,accepted:`accepted`,referred:`a person looks at it`,refused:`refused`,alternative:`without the camera`,activated:`line on`,expired:`expired`,withdrawn:`withdrawn`,cancelled:`cancelled`}},zh:{open:`我的数据和我的号码`,lead:`此处以您的名义保存的全部内容，其中没有人脸。`,loading:`请稍候……`,failed:`暂时无法获取。`,again:`重试`,opened:`新建时间`,state:`状态`,on:`开通时间`,consent:`同意的文本版本`,attempts:`核验次数`,frozen:`自 {at} 起已冻结。已告知运营商，他们会与您联系。`,dispute:`此号码有问题`,reason:`有什么问题？`,reasons:{"not-mine":`我没有办理此号码`,"sim-lost":`SIM 卡或手机丢失`,other:`其他`},freeze:`冻结此号码`,"freeze-hint":`在运营商与您解决之前，任何人都不能为其换卡或过户。`,cancel:`暂不`,save:`保存全部内容`,forget:`删除可以删除的内容`,"forget-lead":`正在进行的办理将结束，未开通号码的记录会立即删除。法律要求为号码保留的内容，将保留到期限结束。`,"forget-yes":`是，请删除`,forgotten:`已删除：{count}。`,kept:`保留的内容及原因`,why:{"line-on":`号码正在使用`,retention:`法律要求在号码结束后保留一段时间`,"lock-out":`失败的核验仍在锁定期内`,"case-open":`办理正在进行`},until:`至 {at}`,states:{created:`已开始`,consented:`已同意`,referenced:`已出示证件`,capturing:`进行中`,accepted:`已通过`,referred:`由人工查看`,refused:`被拒绝`,alternative:`不使用摄像头`,activated:`号码已开通`,expired:`已过期`,withdrawn:`已撤回`,cancelled:`已取消`}}},Nt=class extends f{static{this.properties={language:{attribute:`lang`},rights:{attribute:!1},held:{state:!0},erased:{state:!0},failed:{state:!0},busy:{state:!0},asked:{state:!0}}}constructor(){super(),this.language=`en`,this.rights=null,this.held=null,this.erased=null,this.failed=!1,this.busy=!1,this.asked=null}createRenderRoot(){return this}render(){let e=Mt[this.language];return r`<details id="my-data" class="unprinted" @toggle=${this.#o}>
      <summary>${e.open}</summary>
      <div aria-live="polite" aria-busy=${this.busy}>${this.#e(e)}</div>
    </details>`}#e(e){return this.failed?r`<p>${e.failed}</p><button id="data-again" type="button" class="quiet" @click=${this.#s}>${e.again}</button>`:this.held===null?r`<p>${e.loading}</p>`:r`<p>${e.lead}</p>
      ${this.erased===null?n:this.#r(e,this.erased)}
      <ul class="held">${this.held.cases.map(t=>this.#t(e,t))}</ul>
      <div class="buttons">
        <button id="data-save" type="button" class="quiet" @click=${this.#d}>${e.save}</button>
        ${this.asked===`forget`?n:r`<button id="data-forget" type="button" class="quiet" @click=${()=>this.#a(`forget`)}>${e.forget}</button>`}
      </div>
      ${this.asked===`forget`?r`<p>${e[`forget-lead`]}</p>
            <div class="buttons stack">
              <button id="data-forget-yes" type="button" class="danger" aria-disabled=${this.busy} @click=${this.#c}>${e[`forget-yes`]}</button>
              <button type="button" @click=${()=>this.#a(null)}>${e.cancel}</button>
            </div>`:n}`}#t(i,a){let o=e[this.language].transactions,s=[[i.opened,this.#i(a.openedAt)],[i.state,t(i.states,a.state)??a.state],...a.onSince===null?[]:[[i.on,this.#i(a.onSince)]],...a.consentText===null?[]:[[i.consent,a.consentText]],[i.attempts,String(a.attempts)]],c=a.frozenSince===null&&(a.state===`activated`||a.state===`accepted`);return r`<li data-line=${a.line}>
      <strong class="number">${a.line}</strong> ${t(o,a.transaction)??a.transaction}
      <dl>${s.map(([e,t])=>r`<div><dt>${e}</dt><dd>${t}</dd></div>`)}</dl>
      ${a.frozenSince===null?n:r`<p class="notice" data-frozen>${d(i.frozen,{at:this.#i(a.frozenSince)})}</p>`}
      ${c&&this.asked!==a.line?r`<button type="button" class="link" data-dispute @click=${()=>this.#a(a.line)}>${i.dispute}</button>`:n}
      ${c&&this.asked===a.line?this.#n(i,a.line):n}
    </li>`}#n(e,t){return r`<form @submit=${e=>this.#l(e,t)}>
      <p><label for="dispute-reason">${e.reason}</label>
        <select id="dispute-reason" name="reason">${Object.entries(e.reasons).map(([e,t])=>r`<option value=${e}>${t}</option>`)}</select></p>
      <p class="small">${e[`freeze-hint`]}</p>
      <div class="buttons stack">
        <button class="danger" data-freeze aria-disabled=${this.busy}>${e.freeze}</button>
        <button type="button" @click=${()=>this.#a(null)}>${e.cancel}</button>
      </div>
    </form>`}#r(e,i){return r`<div id="data-erased" class="notice" role="status"><strong>${d(e.forgotten,{count:i.erased.length})}</strong>
      ${i.kept.length===0?n:r`<p>${e.kept}</p>
            <ul>${i.kept.map(i=>r`<li><span class="number">${i.folio}</span>: ${t(e.why,i.why)??i.why}${i.until===null?n:r` (${d(e.until,{at:this.#i(i.until)})})`}</li>`)}</ul>`}</div>`}#i(e){let t=this.language===`zh`?`zh-CN`:`en-GB`;return new Intl.DateTimeFormat(t,{dateStyle:`medium`}).format(new Date(e))}#a(e){this.asked=e}#o=e=>{e.target.open&&this.held===null&&this.#s()};#s=()=>this.#u(async e=>{this.held=await e.holdings()});#c=()=>this.#u(async e=>{this.erased=await e.erase(),this.asked=null,this.held=await e.holdings()});#l(e,t){e.preventDefault();let n=String(new FormData(e.target).get(`reason`)??`other`);this.#u(async e=>{await e.dispute(t,n),this.asked=null,this.held=await e.holdings()})}async#u(e){if(!(this.busy||this.rights===null)){this.busy=!0,this.failed=!1;try{await e(this.rights)}catch{this.failed=!0}this.busy=!1}}#d=()=>{let e=URL.createObjectURL(new Blob([JSON.stringify(this.held?.all??{},null,2)],{type:`application/json`})),t=document.createElement(`a`);t.href=e,t.download=`my-data.json`,t.click(),window.setTimeout(()=>URL.revokeObjectURL(e),6e4)}};customElements.define(`my-data`,Nt);function Pt(e,t){return r`${p(e)} ${g(t.texts[e].title)}
    <p class="lead">${It(e,t)}</p>
    ${Lt(e,t)} ${m(t)} ${Ft(e,t)}`}function Ft(e,{language:t,acts:i}){return e!==`accepted`&&e!==`activated`?n:r`<my-data lang=${t} .rights=${i.rights}></my-data>`}function It(e,{texts:t,case:n}){return e===`accepted`&&n.acceptedBy===`alternative`?t.accepted[`lead-alternative`]:e===`activated`?d(t.activated.lead,{line:n.line}):t[e].lead}function Lt(e,t){let{texts:i,case:a}=t,o=a.result?.reasons??[];switch(e){case`referred`:return r`${_(i.referred.why,o,i)}
        <div class="buttons stack">${y(t)}</div>`;case`refused`:return r`${_(i.refused.why,o,i)}
        <h2>${i.result.next}</h2>
        ${v(t)}
        <div class="buttons stack">${y(t,`main`)}</div>`;case`alternative`:return r`${v(t)}
        <p>${i.alternative.show} ${i.alternative.waiting}</p>`;default:return n}}function Rt(e,t){let{texts:n,model:i,acts:a}=t;if(e===`loading`)return r`${g(n.loading.title)}<div class="bar" aria-hidden="true"></div>`;if(e===`trouble`){let e=i.problem===null?n.errors.server:ee(i.problem,n);return r`${g(n.trouble.title)}
      <p class="lead">${e.text} ${e.remedy}</p>
      <div class="buttons stack">${S(`reload`,n.trouble.retry,a.reload,`main`,i.busy!==null)}</div>`}let o=e===`no-link`?n[`no-link`]:n[`link-unknown`];return r`${g(o.title)}<p class="lead">${o.lead}</p>`}var zt=1e3,Bt=class extends f{static{this.properties={model:{state:!0},language:{state:!0}}}#e=!1;#t=!1;#n=!1;#r=new h(``);#i=!1;#a=0;#o=0;#s=null;constructor(){super(),this.model=it;let e=a(s(`language`));this.#e=e!==null,this.language=e??c()}createRenderRoot(){return this}connectedCallback(){super.connectedCallback(),window.addEventListener(`hashchange`,this.#v),document.addEventListener(`visibilitychange`,this.#y),this.#o=window.setInterval(()=>this.#_(),zt),this.#v()}disconnectedCallback(){super.disconnectedCallback(),window.removeEventListener(`hashchange`,this.#v),document.removeEventListener(`visibilitychange`,this.#y),window.clearInterval(this.#o),window.clearTimeout(this.#a)}updated(e){let t=Q(this.model);document.documentElement.lang=this.language===`zh`?`zh-CN`:`en`,document.title=`${this.querySelector(`h1`)?.textContent??``} · ${this.#m.name}`,e.has(`model`)&&t!==this.#s&&(this.#s!==null&&this.#s!==`loading`&&this.#k(),this.#s=t)}render(){let e=Q(this.model);return r`${this.#c()}
      <main id="main" class=${e} data-state=${e} data-case-state=${this.model.case?.state??n} aria-busy=${this.model.busy!==null}>
        ${this.#u()} ${this.model.case===null||!this.model.linkGood?n:te(this.model.problem,this.#m)} ${this.#d(e)}
      </main>
      ${this.#p()}`}#c(){let[e,i]=[this.#m,this.model.linkGood?this.model.case:null];return r`<header>
      <div class="top">
        <p class="name">${e.name}</p>
        <button id="language" type="button" class="quiet" lang=${this.language===`zh`?`en`:`zh-CN`} @click=${this.#O}>
          ${e.language}
        </button>
      </div>
      ${i===null?n:r`<div class="stub">
              <p><span class="unseen">${e.header.line} </span><strong id="line" class="number">${i.line}</strong></p>
              <p id="transaction">${t(e.transactions,i.transaction)??i.transaction}</p>
              <p id="attempts" data-used=${i.attempts.used} data-of=${i.attempts.of}>${this.#l(e)}</p>
              ${i.demo?r`<p class="demo">${e.header.demo}</p>`:n}
            </div>`}
    </header>`}#l(e){let t=this.model.case;if(t===null)return``;let n=Q(this.model),r=gt(this.model)!==`result`&&n!==`again`&&n!==`locked`,{used:i,of:a}=t.attempts;return!r||i>=a?d(e.header.attempts,{used:i,of:a}):d(e.header.attempt,{number:_t(t),of:a})}#u(){let e=gt(this.model);if(e===null)return n;let{label:t,...i}=this.#m.steps,a=Object.entries(i),o=a.findIndex(([t])=>t===e);return r`<nav aria-label=${t}><ol class="steps">
      ${a.map(([e,t],i)=>r`<li data-step=${e} class=${i<o?`done`:i===o?`now`:``} aria-current=${i===o?`step`:n}>${t}</li>`)}
    </ol></nav>`}#d(e){let{model:t,language:n}=this,r={model:t,texts:this.#m,language:n,acts:this.#S};if(t.case===null||!t.linkGood)return Rt(e,r);let i={...r,case:t.case};switch(e){case`consent`:return Tt(i);case`cannot`:return At(i);case`rather-not`:return Ot(i);case`withdraw`:return jt(i);case`document`:return yt(i);case`ready`:return bt(i);case`capture`:return this.#f();case`settling`:return xt(i);case`elsewhere`:return St(i);case`again`:return Ct(i);case`locked`:return wt(i);case`loading`:case`trouble`:case`no-link`:case`link-unknown`:return Rt(e,r);default:return Pt(e,i)}}#f(){return r`<div class="unseen">${g(this.#m.capture.title)}</div>
      <portrait-capture lang=${this.language} autostart endpoint="v1/capture" .tokens=${this.#w}
        ?voice=${s(`voice`)===`on`}
        @capture-ready=${e=>this.#h({type:`capture-ready`,...e.detail})}
        @capture-done=${this.#T} @capture-left=${this.#E}></portrait-capture>`}#p(){let e=this.#m,t=this.model.linkGood&&(this.model.case?.next.includes(`withdraw`)??!1)&&!this.model.capturing&&Q(this.model)!==`withdraw`;return r`<footer>
      <p>${e.footer.privacy}</p>
      ${t?r`<button id="withdraw" type="button" class="link" @click=${()=>this.#h({type:`panel`,panel:`withdraw`})}>${this.model.case?.state===`created`?e.withdraw[`link-before`]:e.withdraw.link}</button>`:n}
    </footer>`}get#m(){return e[this.language]}#h(e){this.model=at(this.model,e),this.#g()}#g(){window.clearTimeout(this.#a);let e=vt(this.model);e!==null&&(this.#a=window.setTimeout(()=>void this.#b(),e))}#_(){this.model.case?.lockedUntil!=null&&this.#h({type:`clock`,at:Date.now()})}#v=()=>{let e=window.location.hash.slice(1);this.#r=new h(e),this.#h({type:`link`,link:/^srl_[\w-]+$/.test(e)?e:null});let t=s(`cannot ${e.slice(-8)}`);t&&this.#h({type:`cannot`,actions:t.split(` `)}),this.model.link!==null&&this.#b()};#y=()=>{document.visibilityState===`visible`&&vt(this.model)!==null&&this.#b()};async#b(){if(this.#i||document.visibilityState===`hidden`)return this.#g();this.#i=!0;let e=this.#r;try{let t=await e.case();if(e!==this.#r)return;this.#e||(this.language=a(t.language)??this.language),this.#h({type:`case`,case:t,at:Date.now()})}catch(t){e===this.#r&&this.#h({type:`failed`,problem:$(t)})}finally{this.#i=!1}}async#x(e,t){if(this.model.busy===null){this.#h({type:`act`,act:e});try{await t(),this.#h({type:`acted`})}catch(e){let t=$(e);if(this.#h({type:`failed`,problem:t}),t.status!==409)return}await this.#b()}}#S={agree:()=>void this.#x(`consent`,()=>this.#r.consent(i,this.language)),open:e=>this.#h({type:`panel`,panel:e}),chooseAlternative:e=>void this.#x(`alternative`,()=>this.#r.alternative(e)),cannot:(e,t)=>{let n=this.model.cannot.filter(t=>t!==e),r=t?[...n,e]:n;this.#h({type:`cannot`,actions:r}),u(`cannot ${this.model.link?.slice(-8)}`,r.join(` `))},picture:e=>void this.#C(e),pictureNew:()=>this.#h({type:`document-new`}),begin:()=>{this.#t=this.#n=!1,this.#h({type:`capture`})},withdraw:()=>void this.#x(`withdrawal`,()=>this.#r.withdraw()),receipt:()=>this.#r.receipt(),rights:{holdings:()=>this.#r.holdings(),erase:()=>this.#r.erase(),dispute:(e,t)=>this.#r.dispute(e,t)},reload:()=>void this.#b()};async#C(e){await this.#x(`reference`,async()=>{let{problem:t}=await this.#r.reference(e);this.#h({type:`document-answered`,problem:t})});let{problem:t,documentProblem:n}=this.model;(n!==null||t!==null&&!t.passing)&&this.querySelector(`document-picture`)?.reset()}#w=async()=>{try{if(this.#t){let{state:e,attempts:t}=await this.#r.case();if(this.#n=e===`capturing`&&t.restartsLeft<=0,e!==`capturing`||this.#n)throw new U}let{token:e,url:t}=await this.#r.attempt(this.model.cannot);return this.#t=!0,t===``?{token:e}:{token:e,url:t}}catch(e){if(e instanceof U)throw e;let{code:t,detail:n,remedy:r,passing:i}=$(e);throw new H(t,`${n} ${r}`.trim()||null,i)}};#T=e=>{this.#D(e),this.#h(this.#n?{type:`capture-left`,code:`restarts-used`}:{type:`capture-done`}),this.#b()};#E=e=>{this.#D(e),this.#h({type:`capture-left`,code:e.detail.code}),this.#b()};#D(e){u(`voice`,e.target.voice?`on`:`off`)}#O=()=>{this.language=this.language===`zh`?`en`:`zh`,this.#e=!0,u(`language`,this.language)};#k(){window.scrollTo({top:0}),this.querySelector(`#title`)?.focus({preventScroll:!0})}};function $(e){return e instanceof b?e:new b(`unknown`,-1)}customElements.define(`registration-page`,Bt);